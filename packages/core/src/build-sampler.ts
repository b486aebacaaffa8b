import { type Bindings, type Graph, graph, input, optimize, resolveDim, type Value } from '@ganymede/tensor';
import type { Sampler, SamplerInput } from './algorithm.js';
import type { Rng } from './rng.js';
import { createStateReader, type StateTypes } from './state-reader.js';
import { createStepContext, type NoiseSpec } from './step-context.js';

/** A sampler as one graph, in inference mode. Inputs: state paths, `noise/…`, `batch/<input>`; outputs by their plain names. */
export interface SamplerProgram {
  readonly graph: Graph;
  /** Latents and whatever else is drawn; the first dimension is the batch. */
  readonly noise: readonly NoiseSpec[];
  /** The sampler's further inputs (labels) at this batch, by plain name. */
  readonly inputs: Readonly<Record<string, SamplerInput>>;
  /** Names of the outputs; the first is the samples. */
  readonly outputs: readonly string[];
  /** The batch it was built for: a size, or a name such as `'N'`. */
  readonly batch: number | string;
}

/**
 * Builds a sampler's program for a batch size (to run), or for the named dimension `'N'` (to export). Throws
 * `GANYMEDE_UNKNOWN_STATE`, and what the program itself throws.
 */
export function buildSampler(sampler: Sampler, types: StateTypes, batch: number | string): SamplerProgram {
  const { ctx, noise } = createStepContext({ training: false });
  const state = createStateReader(types, 'the sampler');
  const inputs = Object.fromEntries(
    Object.entries(sampler.inputs ?? {}).map(([name, given]) => [
      name,
      { ...given, shape: given.shape.map((d) => (d === 'N' ? batch : d)) },
    ]),
  );
  const symbols = Object.entries(inputs).map(([name, { shape, dtype }]) => [
    name,
    input(`batch/${name}`, shape, dtype),
  ]);
  const outputs = sampler.program(state, Object.fromEntries(symbols), ctx, batch);
  return {
    graph: optimize(graph({ name: 'sampler', outputs })),
    noise,
    inputs,
    outputs: Object.keys(outputs),
    batch,
  };
}

/**
 * The noise of `count` samples: each input `name` from `rng.child(name)`. Sample i gets the same numbers whatever `count` is,
 * so splitting a draw into batches changes nothing. `Run.sample` uses `createRng(seed).child('sample')`. `sizes` says what other
 * named dimensions stand for (`GANYMEDE_NAMED_DIMENSION` where it lacks one).
 */
export function drawNoise(
  program: Pick<SamplerProgram, 'noise' | 'batch'>,
  rng: Rng,
  count: number,
  sizes: Bindings = new Map(),
): Record<string, Value> {
  return Object.fromEntries(
    program.noise.map(({ name, shape, distribution }) => [
      name,
      rng.child(name).draw(
        // Only the first dimension is the batch: a latent may well be as long as the batch is large.
        shape.map((d, i) => (i === 0 && d === program.batch ? count : resolveDim(d, sizes))),
        distribution,
      ),
    ]),
  );
}
