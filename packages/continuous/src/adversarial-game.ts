import {
  collectExposed,
  type LossInput,
  type Network,
  type Sides,
  type StateReader,
  type StepContext,
  type Tree,
  withConditions,
  withoutBufferUpdates,
} from '@ganymede/core';
import {
  countedAs,
  descendAlong,
  type Game,
  parametersOf,
  type Players,
  replaceLeaves,
  type Standing,
} from '@ganymede/nn';
import { identity, scope, type Tensor } from '@ganymede/tensor';
import type { AdversarialFields } from './adversarial-fields.js';
import type { AdversarialParts } from './adversarial-parts.js';
import { drawLatent } from './latent.js';
import { addPenalties, type NamedRegularizer, projectParams } from './regularize.js';

/** The discriminator and the generator, in the order in which they move. */
export type Player = 'discriminator' | 'generator';

/** What a step's game is made of. */
export interface GameParts {
  readonly parts: AdversarialParts;
  readonly fields: AdversarialFields;
  readonly regularizers: Readonly<Record<Player, readonly NamedRegularizer[]>>;
}

/** What one step works with. */
export interface Moment {
  readonly state: StateReader;
  readonly batch: Readonly<Record<string, Tensor>>;
  readonly ctx: StepContext;
  /** Whether the generator's buffers follow this step: not where the discriminator alone learns. */
  readonly generatorLearns: boolean;
  /** By the step's calls, how many calls of all steps that update a player came before; where there are several. */
  readonly callsBefore?: Readonly<Record<Player, (call: number) => number>>;
}

/** A step's game, and what the step reports of it: of each player's first evaluation. */
export interface AdversarialGame extends Game {
  readonly start: Readonly<Record<Player, Standing>>;
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/** The discriminator's view of samples. */
interface View {
  readonly logits: Tensor;
  readonly features?: Tensor;
  readonly classes?: Tensor;
}

/** Applies a network below its own name, so that buffers, noise and graph nodes carry its path. */
export const applyNamed = (
  name: Player,
  network: Network,
  variables: Tree<Tensor>,
  x: Tensor,
  ctx: StepContext,
): Tensor => scope(name, () => network.apply(variables, x, ctx.child(name)));

/** The optimizer's state entries for a network; plain gradient descent has none. */
const slotsOf = (state: StateReader, network: string): Tree<Tensor> =>
  state.has(`optimizer/${network}/`) ? state.tree(`optimizer/${network}`) : {};

/**
 * The game of one step: losses of both networks as functions of both networks' parameters, on one batch and one draw of latents. The
 * same parameters (the same tree) make the same samples. Buffers are those from before the step; their next values are those of the
 * first evaluation.
 */
export function adversarialGame(
  { parts, fields, regularizers }: GameParts,
  { state, batch, ctx: plain, generatorLearns, callsBefore }: Moment,
): AdversarialGame {
  const ctx = withConditions(plain, fields.conditionsOf(batch));
  const still = withoutBufferUpdates(ctx);
  const variables = { discriminator: state.tree('discriminator'), generator: state.tree('generator') };
  const given = batch[fields.samples] as Tensor;
  const latent = drawLatent(parts.latent, fields.shape[0] as number, ctx);
  const outputs: Record<string, Tensor> = {};
  const seen = new Set<string>();
  const first = (what: string): boolean => !seen.has(what) && seen.add(what) !== undefined;
  const made = new Map<Tree<Tensor>, Tensor>();

  const generate = (params: Tree<Tensor>): Tensor => {
    const known = made.get(params);
    if (known !== undefined) return known;
    const here = first('generator') && generatorLearns ? ctx : still;
    const all = replaceLeaves(variables.generator, params);
    const fake = applyNamed('generator', parts.generator, all, latent, here);
    made.set(params, fake);
    return fake;
  };

  const look = (params: Tree<Tensor>, samples: Tensor, here: StepContext): View => {
    const { ctx: collecting, exposed } = collectExposed(here);
    const all = replaceLeaves(variables.discriminator, params);
    const logits = applyNamed('discriminator', parts.discriminator, all, samples, collecting);
    return { logits, ...exposed };
  };

  const lossInput = (sides: Required<Sides<View>>, samples: Sides<Tensor>): LossInput => {
    const labels = ctx.conditions.label;
    const pair = (of: 'features' | 'classes'): Sides<Tensor> | undefined => {
      const [r, f] = [sides.real[of], sides.fake[of]];
      return r === undefined || f === undefined ? undefined : { real: r, fake: f };
    };
    const [features, classes] = [pair('features'), pair('classes')];
    return {
      samples,
      ...(features === undefined ? {} : { features }),
      ...(classes === undefined ? {} : { classes }),
      ...(labels === undefined ? {} : { labels: { real: labels, fake: labels } }),
      ctx: still.child('loss'),
    };
  };

  /** Class logits and labels of the samples whose classes are known. */
  const known = (params: Tree<Tensor>): LossInput => {
    if (parts.labelled === undefined) return {};
    const seenBy = look(params, batch[parts.labelled.samples] as Tensor, still);
    return {
      classes: { real: seenBy.classes ?? seenBy.logits },
      labels: { real: batch[parts.labelled.labels] as Tensor },
    };
  };

  function loss(player: Player, params: Players<Tree<Tensor>>): Tensor {
    const d = params.discriminator as Tree<Tensor>;
    const g = params.generator as Tree<Tensor>;
    // Parameters of a look-ahead point depend on the batch, too. A slope at a sample is for the parameters as they are there: penalties
    // differentiate by these samples, which nothing but this evaluation has seen.
    const [real, fake] = [identity(given), identity(generate(g))];
    const discriminates = player === 'discriminator';
    const follows = discriminates && first('discriminator');
    const samples = { real, fake };
    const views = discriminates
      ? [look(d, real, follows ? ctx : still), look(d, fake, still)]
      : [look(d, fake, still), look(d, real, still)].reverse();
    const sides = { real: views[0] as View, fake: views[1] as View };
    const [realLogits, fakeLogits] = [sides.real.logits, sides.fake.logits];
    const input = lossInput(sides, samples);
    const adversarialLoss = scope(`loss/${player}`, () =>
      discriminates
        ? parts.loss.discriminator(realLogits, fakeLogits, { ...input, ...known(d) })
        : parts.loss.generator(fakeLogits, realLogits, input),
    );
    const total = addPenalties(
      regularizers[player],
      adversarialLoss,
      {
        ...samples,
        discriminate: (x: Tensor) => look(d, x, still).logits,
        realLogits,
        fakeLogits,
        params: discriminates ? d : g,
        ...(discriminates ? {} : { latent }),
      },
      state,
      ctx,
    );
    if (first(`${player} loss`)) {
      outputs[`${player}Loss`] = total;
      if (discriminates)
        Object.assign(outputs, { realLogit: realLogits.mean(), fakeLogit: fakeLogits.mean() });
    }
    return total;
  }

  const optimizing = (player: Player): StepContext => {
    const here = ctx.child(`optimizer/${player}`);
    return callsBefore === undefined ? here : countedAs(here, callsBefore[player]);
  };
  const places = { discriminator: optimizing('discriminator'), generator: optimizing('generator') };
  const standing = (player: Player): Standing => ({
    params: parametersOf(parts[player], variables[player]),
    slots: slotsOf(state, player),
  });
  return {
    start: { discriminator: standing('discriminator'), generator: standing('generator') },
    ctx,
    outputs,
    loss: (player, params) => loss(player as Player, params),
    move(player, gradients, { params, slots }) {
      const of = player as Player;
      const next = descendAlong(parts.optimizers[of], gradients, params, slots, places[of]);
      return { ...next, params: projectParams(regularizers[of], next.params) };
    },
  };
}
