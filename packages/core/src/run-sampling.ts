import { GanymedeError } from '@ganymede/tensor';
import { type CompiledSampler, compileSampler, type SampleCall } from './compile-sampler.js';
import type { HeldState } from './held-state.js';
import type { SampleOptions } from './run.js';
import type { RunParts } from './run-parts.js';

/** A run's samplers, each compiled once per batch size. */
export interface RunSampling {
  sampler(batch: number): Promise<CompiledSampler>;
  /** The sampler for the options, and what to call it with. Throws `GANYMEDE_SAMPLE_COUNT`. */
  prepare(options: SampleOptions): Promise<{ readonly sampler: CompiledSampler; readonly call: SampleCall }>;
  dispose(): Promise<void>;
}

export function createRunSampling({ algorithm, backend, rngOf }: RunParts, state: HeldState): RunSampling {
  const samplers = new Map<number, Promise<CompiledSampler>>();
  const sampler = (batch: number): Promise<CompiledSampler> => {
    const known = samplers.get(batch);
    if (known !== undefined) return known;
    const made = compileSampler(algorithm.sampler, state.types, backend, batch);
    samplers.set(batch, made);
    made.catch(() => samplers.delete(batch));
    return made;
  };
  return {
    sampler,
    prepare: async ({ count, seed = 0, batch = Math.min(count, 64), inputs }) => {
      if (!Number.isInteger(count) || count < 1 || !Number.isInteger(batch) || batch < 1) {
        throw new GanymedeError('GANYMEDE_SAMPLE_COUNT', {
          message: `expected a count and a batch of at least 1, received count ${count}, batch ${batch}`,
        });
      }
      const call = { state: state.entries, count, rng: rngOf(seed).child('sample') };
      return { sampler: await sampler(batch), call: inputs === undefined ? call : { ...call, inputs } };
    },
    dispose: async () => {
      for (const made of samplers.values()) {
        const compiled = await made.catch(() => undefined);
        await compiled?.dispose();
      }
    },
  };
}
