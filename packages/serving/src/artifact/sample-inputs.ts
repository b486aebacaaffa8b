import { createRng, type Distribution } from '@ganymede/core';
import { formatShape, GanymedeError, sameShape, type Value, valueOf } from '@ganymede/tensor';
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
}

const isValue = (x: Value | Readonly<Record<string, Value>>): x is Value =>
  'dtype' in x && typeof x.dtype === 'string';

/**
 * Every input of an artifact for `count` samples. Sample i gets the same latents whatever `count` is.
 *
 * Throws `GANYMEDE_SAMPLE_INPUT` for an unknown or missing input and one of another dtype or shape.
 */
export function sampleInputs(manifest: Manifest, request: SampleRequest): Record<string, Value> {
  const { count, seed = 0, conditions = {} } = request;
  const latents = namedLatents(manifest, request.latents ?? {});
  refuseUnknown(manifest, { ...latents, ...conditions });
  // The streams of core's `Run.sample`.
  const rng = createRng(seed).child('sample');
  return Object.fromEntries(
    manifest.inputs.map((input) => {
      const shape = input.shape.map((d) => (typeof d === 'string' ? count : d));
      const given = latents[input.name] ?? conditions[input.name];
      if (given) return [input.name, checked(input, given, shape)];
      if (input.distribution && input.stream !== undefined) {
        return [input.name, rng.child(input.stream).draw(shape, input.distribution as Distribution)];
      }
      return [input.name, everyClass(input, shape)];
    }),
  );
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

function checked(input: ManifestInput, given: Value, shape: readonly number[]): Value {
  if (given.dtype === input.dtype && sameShape(given.shape, shape)) return given;
  throw problem(
    `input "${input.name}": expected ${input.dtype} ${formatShape(shape)}, got ${given.dtype} ${formatShape(given.shape)}`,
    'the first dimension is the number of samples',
  );
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
