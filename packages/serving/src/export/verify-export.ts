import { type Backend, compileSampler, createRng, type Sampler, type State } from '@ganymede/core';
import { evaluate, GanymedeError, type Value } from '@ganymede/tensor';
import type { Comparison, Manifest } from '../artifact/manifest.js';
import { openOnnx, type OnnxSession } from '../artifact/onnx-session.js';
import { probeInputs, triedSizes } from '../artifact/probe-inputs.js';
import { toNchw } from '../artifact/to-nchw.js';
import { compareValues, mismatch } from './compare-values.js';
import type { ExportProgram } from './export-program.js';

/** What is compared with what. */
export interface Verification {
  readonly sampler: Sampler;
  readonly state: State;
  readonly backend: Backend;
  readonly program: ExportProgram;
  readonly manifest: Pick<Manifest, 'inputs' | 'outputs' | 'kind' | 'layout'>;
  /** The bytes that are to be written. */
  readonly bytes: Uint8Array;
  /** Largest absolute difference allowed. */
  readonly limit: number;
}

/** Batch sizes compared: one sample, an odd number, more than a usual thread block. */
export const verifiedBatches = [1, 7, 64] as const;

/** Largest number of weights with which the plain TypeScript reference is quick enough to be asked too. */
const cheap = 2_000_000;

/**
 * Runs the ONNX bytes with ONNX Runtime and compares them with the sampler on the training backend, at three batch sizes with
 * fresh latents each (and three heights and widths, where the network takes any), and at batch 1 with the reference interpreter of the tensor language, which shares no code with either.
 *
 * Throws `GANYMEDE_EXPORT_MISMATCH` above the limit.
 */
export async function verifyExport(verification: Verification): Promise<Comparison[]> {
  const { bytes, program, backend } = verification;
  const session = await openOnnx(bytes);
  try {
    const comparisons: Comparison[] = [];
    for (const [k, batch] of verifiedBatches.entries()) {
      const sizes = triedSizes(verification.manifest, k);
      comparisons.push(await againstBackend(verification, session, { batch, sizes }));
    }
    const elements = Object.values(program.weights).reduce((sum, { data }) => sum + data.length, 0);
    if (elements <= cheap) comparisons.push(await againstReference(verification, session));
    return comparisons;
  } catch (error) {
    // ONNX Runtime's own words about a model that does not run; ours say more already.
    if (GanymedeError.is(error)) throw error;
    throw mismatch(`it does not run (${error instanceof Error ? error.message : String(error)})`, {
      backend: backend.name,
    });
  } finally {
    await session.close();
  }
}

/** What a comparison is made at. */
type Place = Pick<Comparison, 'batch'> & { readonly sizes: Readonly<Record<string, number>> };

/** Seeds of the latents: one per batch size, so that no two comparisons see the same samples. */
const request = ({ batch, sizes }: Place) => ({ count: batch, seed: batch, sizes });

async function againstBackend(
  { sampler, state, backend, manifest, limit }: Verification,
  session: OnnxSession,
  place: Place,
): Promise<Comparison> {
  const { batch } = place;
  const feeds = probeInputs(manifest as Manifest, request(place));
  const conditions = Object.keys(sampler.inputs ?? {}).map((name) => [name, feeds[name]] as const);
  const compiled = await compileSampler(sampler, state, backend, batch);
  try {
    const expected = await compiled.sample({
      state: new Map(Object.entries(state)),
      count: batch,
      rng: createRng(request(place).seed).child('sample'),
      inputs: Object.fromEntries(conditions) as Record<string, Value>,
    });
    return compareAll(Object.values(expected), await session.run(feeds), manifest, {
      against: backend.summary,
      ...place,
      limit,
    });
  } finally {
    await compiled.dispose();
  }
}

async function againstReference(
  { program, manifest, limit }: Verification,
  session: OnnxSession,
): Promise<Comparison> {
  const place = { batch: 1, sizes: triedSizes(manifest, 0) };
  const feeds = probeInputs(manifest as Manifest, request(place));
  const expected = evaluate(program.graph, { ...program.weights, ...feeds });
  const actual = await session.run(feeds);
  const names = manifest.outputs.map(({ name }) => name);
  const values = names.map((name) => nchw(manifest, name, expected[name] as Value));
  return compareAll(values, actual, manifest, { against: 'reference interpreter', ...place, limit });
}

/** The first output as the sampler makes it, whatever layout the file has. */
const nchw = (manifest: Verification['manifest'], name: string, value: Value): Value =>
  manifest.kind === 'images' && name === manifest.outputs[0]?.name ? toNchw(value, manifest.layout) : value;

function compareAll(
  expected: readonly Value[],
  actual: Readonly<Record<string, Value>>,
  manifest: Verification['manifest'],
  { against, batch, sizes, limit }: Place & { readonly against: string; readonly limit: number },
): Comparison {
  const differences = manifest.outputs.map(({ name }, i) => {
    const came = actual[name];
    return compareValues(name, expected[i] as Value, came && nchw(manifest, name, came));
  });
  const maxAbsolute = Math.max(...differences.map((d) => d.maxAbsolute));
  const maxRelative = Math.max(...differences.map((d) => d.maxRelative));
  const free = Object.keys(sizes).length > 0;
  if (maxAbsolute > limit) {
    const at = Object.entries({ batch, ...sizes }).map(([name, size]) => `${name} ${size}`);
    throw mismatch(
      `at ${at.join(', ')} it differs from ${against} by ${maxAbsolute.toExponential(2)}, more than ${limit}`,
      {
        against,
        batch,
        maxAbsolute,
        limit,
      },
    );
  }
  return { against, batch, ...(free && { sizes }), maxAbsolute, maxRelative };
}
