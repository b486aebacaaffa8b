import type { MetricInput } from './algorithm.js';
import { createRng } from './create-rng.js';
import type { Run } from './run.js';

/** What a metric measures, out of a run: fresh samples of its generator as it is now, its data and its state. */
export async function metricInput(
  run: Run,
  { seed = 0, batch = 64 }: { readonly seed?: number; readonly batch?: number } = {},
): Promise<MetricInput> {
  const state = await run.state.snapshot();
  return {
    dataset: run.dataset,
    backend: run.backend,
    state,
    algorithm: run.algorithm,
    seed,
    samples: async function* (count, sampleSeed = seed) {
      for await (const outputs of run.sampleBatches({ count, seed: sampleSeed, batch })) {
        const [first] = Object.values(outputs);
        if (first !== undefined) yield first;
      }
    },
    draw: async function* (count, rng) {
      const call = { state: new Map(Object.entries(state)), count, rng };
      for await (const outputs of (await run.sampler(batch)).batches(call)) {
        const [first] = Object.values(outputs);
        if (first !== undefined) yield first;
      }
    },
    untrained: async function* (count, sampleSeed = seed) {
      const start = run.algorithm.init(createRng(run.seed).child('init'));
      const call = {
        state: new Map(Object.entries(start)),
        count,
        rng: createRng(sampleSeed).child('sample'),
      };
      for await (const outputs of (await run.sampler(batch)).batches(call)) {
        const [first] = Object.values(outputs);
        if (first !== undefined) yield first;
      }
    },
  };
}
