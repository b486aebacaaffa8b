import {
  type Algorithm,
  type AlgorithmServices,
  flattenTree,
  type Sampler,
  type StateReader,
  type Step,
  type StepContext,
  type StepReport,
  type StepResult,
  type Tree,
  withConditions,
} from '@ganymede/core';
import {
  averageOfAccumulated,
  ema,
  inTurn,
  ownGradient,
  paramsOf,
  parametersOf,
  replaceLeaves,
  type Standing,
} from '@ganymede/nn';
import type { Tensor, Value } from '@ganymede/tensor';
import { adversarialFields } from './adversarial-fields.js';
import {
  type AdversarialGame,
  adversarialGame,
  applyNamed,
  type Moment,
  type Player,
} from './adversarial-game.js';
import type { AdversarialParts } from './adversarial-parts.js';
import { withAccumulation } from './with-accumulation.js';
import { callsBefore } from './calls-before.js';
import { drawLatent } from './latent.js';
import { initRegularizers, regularizersOf } from './regularize.js';
import { initTrained } from './trained-network.js';
import { alternating } from './update-schedule.js';

type Steps = 'train' | 'discriminator' | 'generator';

/**
 * A GAN whose samples are differentiable, out of its parts: the algorithm of Goodfellow et al. 2014 with any networks, loss,
 * regularizers, optimizers and dynamics. It learns the dataset's first field. The discriminator's running statistics, where it keeps
 * any, are those of real data.
 *
 * An iteration is `schedule.discriminator` updates of the discriminator and `schedule.generator` of the generator; with `dynamics`, the
 * last of the first and the first of the second are one update of both. It reports `discriminatorLoss` (with penalties),
 * `generatorLoss`, and the mean raw logits `realLogit` and `fakeLogit`.
 *
 * @throws `GANYMEDE_DATA_FIELD` where the data lacks a field that a condition names; `GANYMEDE_OPTION` for dynamics that cannot accumulate
 */
export function adversarial(
  given: AdversarialParts,
  { data, batchSize }: AlgorithmServices,
): Algorithm<Steps> {
  const { parts, batchesPerUpdate } = withAccumulation(given);
  const fields = adversarialFields(parts, data, batchSize);
  const regularizers = {
    generator: regularizersOf('generator', parts.regularizers),
    discriminator: regularizersOf('discriminator', parts.regularizers),
  };
  const dynamics = parts.dynamics ?? inTurn();
  const average =
    parts.ema === undefined
      ? undefined
      : averageOfAccumulated(typeof parts.ema === 'number' ? ema(parts.ema) : parts.ema, batchesPerUpdate);
  const { discriminator: critics, generator: generators } = parts.schedule ?? alternating();
  const latents = [batchSize, parts.latent.size];

  const onceEach = critics === 1 && generators === 1;
  // Without dynamics of its own, a GAN that updates one network more often never updates both in one step.
  const apart = (!onceEach || batchesPerUpdate > 1) && parts.dynamics === undefined;
  const used: readonly Steps[] = apart
    ? ['discriminator', 'generator']
    : onceEach
      ? ['train']
      : ['discriminator', 'train', 'generator'];

  const next = (player: Player, { params, slots }: Standing): Record<string, Tensor> => ({
    ...flattenTree(params, player),
    ...flattenTree(slots, `optimizer/${player}`),
  });
  const averaged = (state: StateReader, params: Tree<Tensor>, ctx: StepContext): Record<string, Tensor> =>
    average === undefined
      ? {}
      : flattenTree(
          average.update(state.tree('average/generator'), params, ctx.child('average')),
          'average/generator',
        );
  /** Where `train` shares optimizers with the steps of one network, schedules count the updates of all. */
  const counts = (name: Steps): Pick<Moment, 'callsBefore'> => {
    if (apart || onceEach || typeof critics === 'function') return {};
    const both = name === 'train';
    const [d, g] = [critics - 1, generators - 1];
    const calls = batchesPerUpdate;
    return {
      callsBefore: {
        discriminator: callsBefore({ of: critics, after: both ? d : 0, makes: both ? 1 : d, calls }),
        generator: callsBefore({ of: generators, after: both ? 0 : 1, makes: both ? 1 : g, calls }),
      },
    };
  };
  const step = (
    name: Steps,
    play: (game: AdversarialGame, state: StateReader) => StepResult['state'],
  ): Step => ({
    name,
    batch: fields.batch,
    program(state, batch, ctx) {
      const game = adversarialGame(
        { parts, fields, regularizers },
        { state, batch, ctx, generatorLearns: name !== 'discriminator', ...counts(name) },
      );
      const moved = play(game, state);
      return { state: moved ?? {}, outputs: game.outputs };
    },
  });
  const alone = (game: AdversarialGame, player: Player): Standing =>
    game.move(player, ownGradient(game, player, paramsOf(game.start)), game.start[player]);

  const steps: Record<Steps, Step> = {
    train: step('train', (game, state) => {
      const own = state.has('dynamics/') ? state.tree('dynamics') : {};
      const { players, state: after = {} } = dynamics.update(game, own);
      const { discriminator, generator } = players as Record<Player, Standing>;
      return {
        ...next('discriminator', discriminator),
        ...next('generator', generator),
        ...averaged(state, generator.params, game.ctx),
        ...flattenTree(after, 'dynamics'),
      };
    }),
    discriminator: step('discriminator', (game) => next('discriminator', alone(game, 'discriminator'))),
    generator: step('generator', (game, state) => {
      const generator = alone(game, 'generator');
      return { ...next('generator', generator), ...averaged(state, generator.params, game.ctx) };
    }),
  };

  const sampler: Sampler = {
    kind: fields.samples === 'images' ? 'images' : 'points',
    inputs: fields.inputs,
    program(state, inputs, ctx, count) {
      const variables = state.tree('generator');
      const used = average ? replaceLeaves(variables, state.tree('average/generator')) : variables;
      const told = withConditions(ctx, fields.conditionsOf(inputs));
      const latent = drawLatent(parts.latent, count, ctx);
      return { [fields.samples]: applyNamed('generator', parts.generator, used, latent, told) };
    },
  };

  return {
    // A schedule calls only the steps it was built for; the others are never compiled.
    steps: Object.fromEntries(used.map((name) => [name, steps[name]])) as Record<Steps, Step>,
    players: { discriminator: steps.discriminator, generator: steps.generator },
    sampler,
    discriminate: (state, samples, ctx) =>
      applyNamed('discriminator', parts.discriminator, state.tree('discriminator'), samples, ctx),
    ...(parts.conditions === undefined ? {} : { conditions: fields.told }),
    start: typeof critics === 'function' ? { iteration: 0 } : {},
    init(rng) {
      const conditions = fields.conditions;
      const networks = (['generator', 'discriminator'] as const).map((name) => {
        const network = { name, network: parts[name], optimizer: parts.optimizers[name] };
        return initTrained(network, rng, name === 'generator' ? latents : fields.shape, conditions);
      });
      const params = (name: Player) =>
        parametersOf(
          parts[name],
          parts[name].init(rng.child(name), name === 'generator' ? latents : fields.shape, conditions),
        );
      const both = dynamics.init?.({
        discriminator: params('discriminator'),
        generator: params('generator'),
      });
      return {
        ...Object.assign({}, ...networks),
        ...initRegularizers([...regularizers.generator, ...regularizers.discriminator], fields.shape),
        ...(both === undefined ? {} : flattenTree(both, 'dynamics')),
        ...(average === undefined ? {} : flattenTree(average.init(params('generator')), 'average/generator')),
      };
    },
    async *schedule({ steps: run, data: batches, position }) {
      for (;;) {
        const metrics: Record<string, number> = {};
        const take = async () => {
          const taken: Readonly<Record<string, Value>>[] = [];
          for (let i = 0; i < batchesPerUpdate; i++) taken.push(await batches.next());
          return taken;
        };
        let taken = await take();
        let report: StepReport | undefined;
        const update = async (name: Steps): Promise<void> => {
          for (const batch of taken) {
            report = await run[name](batch);
            Object.assign(metrics, report.metrics);
          }
        };
        const critic = typeof critics === 'function' ? critics(position.iteration ?? 0) : critics;
        for (let i = apart ? 0 : 1; i < critic; i++) {
          await update('discriminator');
          if (!apart || i + 1 < critic) taken = await take();
        }
        if (!apart) await update('train');
        for (let i = apart ? 0 : 1; i < generators; i++) await update('generator');
        if (typeof critics === 'function') position.iteration = (position.iteration ?? 0) + 1;
        const { step: last, outputs } = report as StepReport;
        yield { step: last, metrics, outputs };
      }
    },
  };
}
