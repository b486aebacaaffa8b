import type { Dataset, Position, Rng, ScheduleContext, StepReport } from '@ganymede/core';
import { type Value, value } from '@ganymede/tensor';
import { sequencePaths } from '../sequence/sequence-variables.js';

/** SeqGAN's steps by name. */
export type SeqganSteps = 'likelihood' | 'sample' | 'rollOut' | 'policy' | 'discriminator';
type Context = ScheduleContext<SeqganSteps>;

/** How often each step runs. */
export interface SeqganPlan {
  /** Field of the dataset that holds the sequences. */
  readonly field: string;
  readonly length: number;
  readonly batchSize: number;
  /** Sequences of a policy step. */
  readonly sequences: number;
  /** Maximum likelihood steps. */
  readonly likelihoodSteps: number;
  /** Generated, and as many real, sequences in a round of the discriminator. */
  readonly pairs: number;
  /** Discriminator steps on the sequences of one round, all epochs together, and in one epoch. */
  readonly roundSteps: number;
  readonly epochSteps: number;
  readonly pretrainRounds: number;
  readonly rounds: number;
  readonly adversarialBatches: number;
  /** Calls of the roll-out step whose values are averaged. */
  readonly rollOutCalls: number;
  readonly shuffled: boolean;
}

/** Iterations of the whole schedule: every likelihood, discriminator and policy step is one. */
export const seqganIterations = (plan: SeqganPlan): number =>
  plan.likelihoodSteps + plan.pretrainRounds * plan.roundSteps + plan.adversarialBatches * cycleOf(plan);

const cycleOf = ({ rounds, roundSteps }: SeqganPlan): number => 1 + rounds * roundSteps;

/** Where {@link seqganSchedule} begins: iterations done in each of its three parts. */
export const seqganStart: Position = { likelihood: 0, pretrain: 0, adversarial: 0 };

/**
 * The published order (Yu et al. 2017, algorithm 1): maximum likelihood; discriminator rounds; then adversarial batches, each one
 * policy step and some discriminator rounds. All that an iteration needs is in the position and the state: the sequences
 * generated for a round are the state entry `negatives`, their order is a function of the round.
 */
export async function* seqganSchedule(plan: SeqganPlan, context: Context): AsyncGenerator<StepReport> {
  const { steps, data, position } = context;
  const discriminate = discriminatorRounds(plan, context);
  const next = (part: string) => {
    position[part] = (position[part] as number) + 1;
  };

  while ((position.likelihood as number) < plan.likelihoodSteps) {
    const batch = await data.next();
    const report = await steps.likelihood({ tokens: batch[plan.field] as Value });
    next('likelihood');
    yield report;
  }
  while ((position.pretrain as number) < plan.pretrainRounds * plan.roundSteps) {
    const report = await discriminate(position.pretrain as number, 0);
    next('pretrain');
    yield report;
  }
  const cycle = cycleOf(plan);
  while ((position.adversarial as number) < plan.adversarialBatches * cycle) {
    const done = position.adversarial as number;
    const batch = Math.floor(done / cycle);
    const within = done % cycle;
    const report =
      within === 0
        ? await policyIteration(plan, context, batch)
        : await discriminate(within - 1, plan.pretrainRounds + batch * plan.rounds);
    next('adversarial');
    yield report;
  }
}

/** Samples, values each token by roll-outs, and takes one policy step. */
async function policyIteration(
  plan: SeqganPlan,
  { steps, state, rng }: Context,
  batch: number,
): Promise<StepReport> {
  if (batch === 0) await copyGenerator(state);
  const tokens = (await steps.sample()).outputs.tokens as Value;
  const total = new Float32Array(plan.sequences * plan.length);
  for (let call = 0; call < plan.rollOutCalls; call++) {
    const values = (await steps.rollOut({ tokens })).outputs.values as Value;
    for (let i = 0; i < total.length; i++)
      total[i] = (total[i] as number) + Number(values.data[i]) / plan.rollOutCalls;
  }
  const values = plan.shuffled
    ? reorder(total, rng.child('shuffled-rewards').permutation(total.length, batch))
    : total;
  return steps.policy({ tokens, values: value('float32', [plan.sequences, plan.length], values) });
}

const reorder = (numbers: Float32Array, order: Uint32Array): Float32Array =>
  Float32Array.from(order, (i) => numbers[i] as number);

/** The roll-out policy starts as the pre-trained generator. */
async function copyGenerator(state: Context['state']): Promise<void> {
  for (const name of rolloutPaths) state.set(`rollout/${name}`, await state.get(`generator/${name}`));
}

/** What the roll-out policy keeps of its own; its embedding is the generator's. */
export const rolloutPaths = sequencePaths.filter((path) => path !== 'embedding/table');

/** Runs discriminator step `index` of a run of rounds whose first one is round `first` of the whole schedule. */
function discriminatorRounds(plan: SeqganPlan, { steps, state, data, rng }: Context) {
  let known:
    | { readonly round: number; readonly order: Uint32Array; readonly real: ArrayLike<number> }
    | undefined;
  return async (index: number, first: number): Promise<StepReport> => {
    const round = first + Math.floor(index / plan.roundSteps);
    const within = index % plan.roundSteps;
    if (within === 0) state.set('negatives', await generateNegatives(plan, steps));
    if (known?.round !== round) {
      const order = rng.child('discriminator-order').permutation(2 * plan.pairs, round);
      known = { round, order, real: chooseReal(plan, data.dataset, rng, round) };
    }
    const at = (within % plan.epochSteps) * plan.batchSize;
    const chosen = known.order.subarray(at, at + plan.batchSize);
    return steps.discriminator(
      await mixedBatch(plan, chosen, known.real, data.dataset, await state.get('negatives')),
    );
  };
}

async function generateNegatives({ pairs, length }: SeqganPlan, steps: Context['steps']): Promise<Value> {
  const all = new Int32Array(pairs * length);
  for (let filled = 0; filled < all.length; ) {
    const { data } = (await steps.sample()).outputs.tokens as Value<'int32'>;
    all.set(data.subarray(0, all.length - filled), filled);
    filled += data.length;
  }
  return value('int32', [pairs, length], all);
}

/** Which real sequences a round uses: all, or a new choice where there are more than wanted. */
const chooseReal = ({ pairs }: SeqganPlan, dataset: Dataset, rng: Rng, round: number): ArrayLike<number> =>
  rng.child('discriminator-real').permutation(dataset.length, dataset.length === pairs ? 0 : round);

/** Indices below `pairs` mean real sequences, the others generated ones. */
async function mixedBatch(
  { pairs, length, batchSize, field }: SeqganPlan,
  chosen: Uint32Array,
  real: ArrayLike<number>,
  dataset: Dataset,
  negatives: Value,
): Promise<Record<'tokens' | 'labels', Value>> {
  const labels = Int32Array.from(chosen, (i) => Number(i < pairs));
  const wanted = Array.from(chosen).filter((i) => i < pairs);
  const sequences =
    wanted.length === 0 ? undefined : (await dataset.read(wanted.map((i) => real[i] as number)))[field];
  const tokens = new Int32Array(batchSize * length);
  let used = 0;
  chosen.forEach((i, row) => {
    const source = (i < pairs ? sequences : negatives) as Value<'int32'>;
    const from = (i < pairs ? used++ : i - pairs) * length;
    tokens.set(source.data.subarray(from, from + length), row * length);
  });
  return { tokens: value('int32', [batchSize, length], tokens), labels: value('int32', [batchSize], labels) };
}
