import {
  compileStep,
  createRng,
  defineMetric,
  type Held,
  type Measurement,
  type MetricInput,
  type Step,
} from '@ganymede/core';
import { GanymedeError, type Value } from '@ganymede/tensor';
import { z } from 'zod';

/** Options of {@link dualityGap}. */
export const dualityGapOptions = z.strictObject({
  steps: z.number().int().positive().default(100).describe("updates of each player's copy"),
  batches: z.number().int().positive().default(10).describe('held-out batches on which losses are measured'),
  checks: z
    .number()
    .int()
    .positive()
    .default(4)
    .describe('how often on the way a copy is measured; the best counts'),
});

type Probe = z.output<typeof dualityGapOptions>;

/** Rows of the data for the copies to learn from, and other rows to measure on. */
interface Parts {
  readonly learn: Uint32Array;
  readonly heldOut: Uint32Array;
}

/**
 * The duality gap of a live GAN run (Grnarova et al. 2021): a copy of each player is trained for `steps` updates against the others as they
 * are, with the run's own losses, regularizers and optimizers, and what it gains is measured on examples that it has not learned from,
 * with the same latents before and after. The run's state is not touched. The gap is the sum of the gains: for a zero-sum loss max M(D, G)
 * over D less min M(D, G) over G; it is zero at an equilibrium, whatever the loss, and needs no knowledge of the data's distribution.
 *
 * A schedule of learning rates starts over for the copies. Half of the rows of the input's dataset are learned from, the other half measured
 * on; rows that the run itself has seen are among both, so give it another dataset (`{ ...input, dataset: test }`) to see overfitting.
 *
 * Measures `dualityGap`, and `<player>Gain` of every player. Throws `GANYMEDE_NO_PLAYERS` on algorithms without separable players.
 */
export const dualityGap = defineMetric({
  id: '@ganymede/games/duality-gap',
  summary: 'what copies of the networks gain against the others: 0 at an equilibrium',
  options: dualityGapOptions,
  create: (options) => ({
    name: 'duality-gap',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const players = Object.entries(input.algorithm?.players ?? {});
      if (players.length === 0)
        throw new GanymedeError('GANYMEDE_NO_PLAYERS', {
          message:
            'the duality gap needs the update of each player by itself, which this algorithm does not tell',
          hint: 'measure a run of dcgan, toy or of another algorithm made by `adversarial`, or give the algorithm `players`',
        });
      const parts = splitRows(input);
      const gains: Record<string, number> = {};
      for (const [player, step] of players) gains[player] = await gainOf(player, step, input, parts, options);
      const provenance = { ...options, seed: input.seed, data: await input.dataset.hash() };
      return [
        { name: 'dualityGap', value: Object.values(gains).reduce((sum, gain) => sum + gain, 0), provenance },
        ...Object.entries(gains).map(([player, value]) => ({ name: `${player}Gain`, value, provenance })),
      ];
    },
  }),
});

function splitRows({ dataset, seed }: MetricInput): Parts {
  if (dataset.length < 2)
    throw new GanymedeError('GANYMEDE_TOO_FEW_SAMPLES', {
      message: `the duality gap needs two examples at least, the data has ${dataset.length}`,
      hint: 'use more data',
    });
  const order = createRng(seed).child('duality-gap/split').permutation(dataset.length);
  const half = Math.ceil(dataset.length / 2);
  return { learn: order.subarray(0, half), heldOut: order.subarray(half) };
}

/** By how much the best of the player's copies is better than the player, on held-out rows. */
async function gainOf(
  player: string,
  step: Step,
  input: MetricInput,
  parts: Parts,
  options: Probe,
): Promise<number> {
  const compiled = await compileStep(step, input.state, input.backend);
  const rng = createRng(input.seed).child(`duality-gap/${player}`);
  const lossName = `${player}Loss`;
  const readBatch = (rows: Uint32Array, call: number): Promise<Readonly<Record<string, Value>>> => {
    const size = Object.values(step.batch)[0]?.shape[0];
    if (typeof size !== 'number') return Promise.resolve({});
    return input.dataset.read(
      Array.from({ length: size }, (_, i) => rows[(call * size + i) % rows.length] as number),
    );
  };
  const run = async (state: ReadonlyMap<string, Held>, rows: Uint32Array, stream: string, call: number) => {
    const batch = await readBatch(rows, call);
    return compiled.run({ state, batch, rng: rng.child(stream), call });
  };
  const measure = async (state: ReadonlyMap<string, Held>): Promise<number> => {
    let sum = 0;
    for (let i = 0; i < options.batches; i++)
      sum += (await run(state, parts.heldOut, 'measure', i)).report.metrics[lossName] ?? Number.NaN;
    return sum / options.batches;
  };
  try {
    let copy: ReadonlyMap<string, Held> = new Map(Object.entries(input.state));
    const before = await measure(copy);
    let best = before;
    for (let i = 0; i < options.steps; i++) {
      copy = new Map([...copy, ...(await run(copy, parts.learn, 'learn', i)).updates]);
      const passed = Math.floor(((i + 1) * options.checks) / options.steps);
      if (passed > Math.floor((i * options.checks) / options.steps))
        best = Math.min(best, await measure(copy));
    }
    return before - best;
  } finally {
    await compiled.dispose();
  }
}
