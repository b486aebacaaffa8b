import {
  type Algorithm,
  type AlgorithmServices,
  type Discriminator,
  flattenTree,
  type Generator,
  type Loss,
  mapTree,
  type Optimizer,
  type Regularizer,
  type Sampler,
  type StateReader,
  type Step,
  type StepContext,
  type StepResult,
  type Tree,
  withoutBufferUpdates,
} from '@ganymede/core';
import { ema, parametersOf, replaceLeaves } from '@ganymede/nn';
import { scope, type Tensor, type TensorType } from '@ganymede/tensor';
import { drawLatent, type Latent } from './latent.js';
import { addPenalties, initRegularizers, projectParams, regularizersOf } from './regularize.js';
import { descendTrained, initTrained, type TrainedNetwork } from './trained-network.js';
import { alternating, type UpdateSchedule } from './update-schedule.js';

/** The parts a GAN with differentiable samples is made of. */
export interface AdversarialParts {
  readonly latent: Latent;
  /** `[batch, latent]` to samples; images in [-1, 1]. */
  readonly generator: Generator;
  /** Samples to raw logits. */
  readonly discriminator: Discriminator;
  readonly loss: Loss;
  /** Terms added to the losses, and rules for parameters; each says which network it is of. */
  readonly regularizers?: readonly Regularizer[];
  readonly optimizers: { readonly generator: Optimizer; readonly discriminator: Optimizer };
  /** Default: one update each, alternating. */
  readonly schedule?: UpdateSchedule;
  /** Decay of the average of the generator's parameters that sampling and export then use, such as 0.999. Default: none. */
  readonly ema?: number;
}

type Steps = 'train' | 'discriminator' | 'generator';

/**
 * A GAN whose samples are differentiable, out of its parts: the algorithm of Goodfellow et al. 2014 with any networks, loss,
 * regularizers and optimizers. It learns the dataset's first field. The discriminator's running statistics, where it keeps any,
 * are those of real data.
 *
 * An iteration is `schedule.discriminator` updates of the discriminator and one of the generator; it reports
 * `discriminatorLoss` (with penalties), `generatorLoss`, and the mean raw logits `realLogit` and `fakeLogit`.
 */
export function adversarial(
  parts: AdversarialParts,
  { data, batchSize }: AlgorithmServices,
): Algorithm<Steps> {
  const [field, spec] = Object.entries(data.fields)[0] as [string, TensorType & { shape: readonly number[] }];
  const shape = [batchSize, ...spec.shape];
  const generator = { name: 'generator', network: parts.generator, optimizer: parts.optimizers.generator };
  const discriminator = {
    name: 'discriminator',
    network: parts.discriminator,
    optimizer: parts.optimizers.discriminator,
  };
  const { discriminator: criticUpdates } = parts.schedule ?? alternating();
  const average = parts.ema === undefined ? undefined : ema(parts.ema);

  const regularizers = {
    generator: regularizersOf('generator', parts.regularizers),
    discriminator: regularizersOf('discriminator', parts.regularizers),
  };

  const generate = (state: StateReader, ctx: StepContext): Generated => {
    const latent = drawLatent(parts.latent, batchSize, ctx);
    return { latent, fake: apply(generator, state.tree('generator'), latent, ctx) };
  };

  function updateDiscriminator(state: StateReader, real: Tensor, fake: Tensor, ctx: StepContext): Updated {
    const variables = state.tree('discriminator');
    const still = withoutBufferUpdates(ctx);
    const realLogits = apply(discriminator, variables, real, ctx);
    const fakeLogits = apply(discriminator, variables, fake, still);
    const discriminate = (samples: Tensor) => apply(discriminator, variables, samples, still);
    const samples = { real, fake };
    const adversarialLoss = scope('loss/discriminator', () =>
      parts.loss.discriminator(realLogits, fakeLogits, { samples, ctx: still.child('loss') }),
    );
    const params = parametersOf(parts.discriminator, variables);
    const input = { discriminate, real, fake, realLogits, fakeLogits, params };
    const loss = addPenalties(regularizers.discriminator, adversarialLoss, input, state, ctx);
    const next = descendTrained(
      discriminator,
      loss,
      variables,
      slotsOf(state, 'discriminator'),
      ctx,
      (updated) => projectParams(regularizers.discriminator, updated),
    );
    return {
      ...next,
      outputs: { discriminatorLoss: loss, realLogit: realLogits.mean(), fakeLogit: fakeLogits.mean() },
    };
  }

  function updateGenerator(
    state: StateReader,
    { fake, latent }: Generated,
    given: Tensor | undefined,
    critic: Tree<Tensor>,
    ctx: StepContext,
  ): Updated {
    const still = withoutBufferUpdates(ctx);
    // The discriminator is a constant of this update, however its variables came about.
    const frozen = mapTree(critic, (leaf) => leaf.stopGradient());
    const fakeLogits = apply(discriminator, frozen, fake, still);
    // Every step's batch has the field that the samples imitate.
    const real = given as Tensor;
    const discriminate = (samples: Tensor) => apply(discriminator, frozen, samples, still);
    const realLogits = discriminate(real);
    const samples = { real, fake };
    const adversarialLoss = scope('loss/generator', () =>
      parts.loss.generator(fakeLogits, realLogits, { samples, ctx: still.child('loss') }),
    );
    const variables = state.tree('generator');
    const params = parametersOf(parts.generator, variables);
    const input = { discriminate, real, fake, realLogits, fakeLogits, params, latent };
    const loss = addPenalties(regularizers.generator, adversarialLoss, input, state, ctx);
    const slots = slotsOf(state, 'generator');
    const next = descendTrained(generator, loss, variables, slots, ctx, (updated) =>
      projectParams(regularizers.generator, updated),
    );
    const averaged =
      average?.update(state.tree('average/generator'), parametersOf(parts.generator, next.variables)) ?? {};
    return {
      variables: next.variables,
      state: { ...next.state, ...flattenTree(averaged, 'average/generator') },
      outputs: { generatorLoss: loss },
    };
  }

  const batch = { [field]: { dtype: spec.dtype, shape } };
  const steps: Record<Steps, Step> = {
    train: {
      name: 'train',
      batch,
      program(state, { [field]: real }, ctx) {
        const generated = generate(state, ctx);
        const d = updateDiscriminator(state, real as Tensor, generated.fake.stopGradient(), ctx);
        return merge(d, updateGenerator(state, generated, real, d.variables, ctx));
      },
    },
    discriminator: {
      name: 'discriminator',
      batch,
      program: (state, { [field]: real }, ctx) =>
        merge(
          updateDiscriminator(
            state,
            real as Tensor,
            generate(state, withoutBufferUpdates(ctx)).fake.stopGradient(),
            ctx,
          ),
        ),
    },
    generator: {
      name: 'generator',
      batch,
      program: (state, { [field]: real }, ctx) =>
        merge(updateGenerator(state, generate(state, ctx), real, state.tree('discriminator'), ctx)),
    },
  };

  const sampler: Sampler = {
    kind: field === 'images' ? 'images' : 'points',
    program(state, _inputs, ctx, count) {
      const variables = state.tree('generator');
      const used = average ? replaceLeaves(variables, state.tree('average/generator')) : variables;
      return { [field]: apply(generator, used, drawLatent(parts.latent, count, ctx), ctx) };
    },
  };

  return {
    steps: criticUpdates === 1 ? only(steps, 'train') : only(steps, 'discriminator', 'generator'),
    sampler,
    start: {},
    init(rng) {
      const state = {
        ...initTrained(generator, rng, [batchSize, parts.latent.size]),
        ...initTrained(discriminator, rng, shape),
        ...initRegularizers([...regularizers.generator, ...regularizers.discriminator], shape),
      };
      if (!average) return state;
      const variables = parts.generator.init(rng.child('generator'), [batchSize, parts.latent.size]);
      return {
        ...state,
        ...flattenTree(average.init(parametersOf(parts.generator, variables)), 'average/generator'),
      };
    },
    async *schedule({ steps: run, data: batches }) {
      for (;;) {
        if (criticUpdates === 1) {
          yield await run.train(await batches.next());
          continue;
        }
        let batch = await batches.next();
        let critic = await run.discriminator(batch);
        for (let i = 1; i < criticUpdates; i++) {
          batch = await batches.next();
          critic = await run.discriminator(batch);
        }
        const { metrics, outputs } = await run.generator(batch);
        yield { step: 'generator', metrics: { ...critic.metrics, ...metrics }, outputs };
      }
    },
  };
}

interface Generated {
  readonly latent: Tensor;
  readonly fake: Tensor;
}

interface Updated {
  readonly variables: Tree<Tensor>;
  readonly state: Readonly<Record<string, Tensor>>;
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/** The optimizer's state entries for a network; plain gradient descent has none. */
const slotsOf = (state: StateReader, network: string): Tree<Tensor> =>
  state.has(`optimizer/${network}/`) ? state.tree(`optimizer/${network}`) : {};

/** Applies a network below its own name, so that buffers, noise and graph nodes carry its path. */
const apply = (
  { name, network }: TrainedNetwork,
  variables: Tree<Tensor>,
  x: Tensor,
  ctx: StepContext,
): Tensor => scope(name, () => network.apply(variables, x, ctx.child(name)));

const merge = (...updates: readonly Updated[]): StepResult => ({
  state: Object.assign({}, ...updates.map(({ state }) => state)) as Record<string, Tensor>,
  outputs: Object.assign({}, ...updates.map(({ outputs }) => outputs)) as Record<string, Tensor>,
});

function only(steps: Record<Steps, Step>, ...names: readonly Steps[]): Record<Steps, Step> {
  // A schedule calls only the steps it was built for; the others are never compiled.
  return Object.fromEntries(names.map((name) => [name, steps[name]])) as Record<Steps, Step>;
}
