import { createRng, type Distribution } from '@ganymede/core';
import {
  type Bindings,
  bindShape,
  formatShape,
  GanymedeError,
  resolveDim,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import type { Manifest, ManifestInput } from './manifest.js';

/** What to draw from an artifact. */
export interface SampleRequest {
  readonly count: number;
  /** The latents that `run.sample({ count, seed })` draws. @defaultValue 0 */
  readonly seed?: number;
  /** Latents in place of random ones: of a model with one latent input the value itself, otherwise values by input name. */
  readonly latents?: Value | Readonly<Record<string, Value>>;
  /** Values of the conditions by name. Default: class `i mod classes` for sample i. */
  readonly conditions?: Readonly<Record<string, Value>>;
  /** What named dimensions besides the batch stand for, where no input given tells: `{ H: 64, W: 48 }`. */
  readonly sizes?: Readonly<Record<string, number>>;
}

const isValue = (x: Value | Readonly<Record<string, Value>>): x is Value =>
  'dtype' in x && typeof x.dtype === 'string';

/**
 * Every input of an artifact for `count` samples. Sample i gets the same latents whatever `count` is.
 *
 * Throws `GANYMEDE_SAMPLE_INPUT` for an unknown or missing input, one of another dtype or shape, and a named dimension whose size
 * neither a given input nor `sizes` says.
 */
export function sampleInputs(manifest: Manifest, request: SampleRequest): Record<string, Value> {
  const { seed = 0, conditions = {} } = request;
  const given = { ...namedLatents(manifest, request.latents ?? {}), ...conditions };
  refuseUnknown(manifest, given);
  const sizes = sizesOf(manifest, given, request);
  // The streams of core's `Run.sample`.
  const rng = createRng(seed).child('sample');
  return Object.fromEntries(
    manifest.inputs.map((input) => {
      const own = given[input.name];
      if (own) return [input.name, own];
      const shape = input.shape.map((d) => sizeFor(d, sizes));
      if (input.distribution && input.stream !== undefined) {
        return [input.name, rng.child(input.stream).draw(shape, input.distribution as Distribution)];
      }
      return [input.name, everyClass(input, shape)];
    }),
  );
}

/** What named dimensions stand for: the batch by `count`, others by the inputs given, else by `sizes`. Checks what was given. */
function sizesOf(
  manifest: Manifest,
  given: Readonly<Record<string, Value>>,
  { count, sizes = {} }: SampleRequest,
): Bindings {
  const bindings: Bindings = new Map([['N', count]]);
  for (const input of manifest.inputs) {
    const value = given[input.name];
    if (value === undefined) continue;
    if (value.dtype === input.dtype && bindShape(input.shape, value.shape, bindings) === undefined) continue;
    const shape = input.shape.map((d) => (d === 'N' ? count : (bindings.get(String(d)) ?? d)));
    throw problem(
      `input "${input.name}": expected ${input.dtype} ${formatShape(shape)}, got ${value.dtype} ${formatShape(value.shape)}`,
      'the first dimension is the number of samples',
    );
  }
  for (const [name, size] of Object.entries(sizes)) if (!bindings.has(name)) bindings.set(name, size);
  return bindings;
}

function sizeFor(dim: number | string, sizes: Bindings): number {
  try {
    return typeof dim === 'number' ? dim : resolveDim(dim, sizes);
  } catch {
    throw problem(
      `the size of "${dim}" is not known`,
      'say it: sizes: { H: 64, W: 64 }, or pass an input that has it',
    );
  }
}

function namedLatents(manifest: Manifest, latents: Value | Readonly<Record<string, Value>>) {
  if (!isValue(latents)) return latents;
  const names = manifest.inputs.filter(({ role }) => role === 'latent').map(({ name }) => name);
  if (names.length === 1) return { [names[0] as string]: latents };
  throw problem(
    `the model has the latent inputs ${names.join(', ') || '(none)'}`,
    'give the latents by name',
  );
}

const problem = (message: string, hint: string): GanymedeError =>
  new GanymedeError('GANYMEDE_SAMPLE_INPUT', { message, hint });

function refuseUnknown(manifest: Manifest, given: Readonly<Record<string, Value>>): void {
  const known = manifest.inputs.map(({ name }) => name);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw problem(`the model has no input "${unknown}"`, `its inputs are ${known.join(', ') || '(none)'}`);
}

function everyClass({ name, dtype, classes }: ManifestInput, shape: readonly number[]): Value {
  if (classes === undefined || shape.length !== 1) {
    throw problem(`the model needs the input "${name}"`, `pass it: conditions: { ${name}: … }`);
  }
  return valueOf(
    Array.from({ length: shape[0] as number }, (_, i) => i % classes),
    shape,
    dtype,
  );
}
