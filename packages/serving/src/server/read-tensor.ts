import { allocate, type Dtype, type TensorData, type Value } from '@ganymede/tensor';
import type { ManifestInput } from '../artifact/manifest.js';
import { datatypeOf, protocolShape } from './datatype.js';
import { RequestError } from './request-error.js';

const bad = (message: string): RequestError => new RequestError(400, message);

/** Whether `x` is a JSON object. */
export const isRecord = (x: unknown): x is Readonly<Record<string, unknown>> =>
  typeof x === 'object' && x !== null && !Array.isArray(x);

/**
 * One input of an inference request, checked against the model before anything of its size is allocated.
 *
 * Throws a 400 for a wrong datatype, rank, size, count of data, or element.
 */
export function readTensor(
  given: Readonly<Record<string, unknown>>,
  spec: ManifestInput,
  maxBatch: number,
): Value {
  const { name } = spec;
  const expected = datatypeOf(spec.dtype);
  if (given.datatype !== expected) {
    throw bad(
      `input '${name}': expected datatype ${expected}, got ${JSON.stringify(given.datatype) ?? 'none'}`,
    );
  }
  const shape = readShape(given.shape, spec, maxBatch);
  const parameters = given.parameters;
  if (isRecord(parameters) && 'binary_data_size' in parameters) {
    throw bad(`input '${name}': binary tensor data is not supported; send "data" as JSON`);
  }
  if (!Array.isArray(given.data)) throw bad(`input '${name}': expected "data", an array of numbers`);
  const data = allocate(
    spec.dtype,
    shape.reduce((product, d) => product * d, 1),
  );
  fill(data, given.data, shape, spec);
  return { dtype: spec.dtype, shape, data } as Value;
}

function readShape(given: unknown, { name, shape }: ManifestInput, maxBatch: number): number[] {
  const wanted = `[${protocolShape(shape).join(', ')}]`;
  if (!Array.isArray(given) || !given.every((d): d is number => Number.isSafeInteger(d) && d >= 0)) {
    throw bad(`input '${name}': expected "shape", an array of whole numbers such as ${wanted}`);
  }
  const fits =
    given.length === shape.length && shape.every((d, i) => typeof d === 'string' || d === given[i]);
  if (!fits) throw bad(`input '${name}': expected shape ${wanted}, got [${given.slice(0, 16).join(', ')}]`);
  const batch = given.filter((_, i) => shape[i] === 'N');
  if (batch.some((d) => d < 1 || d > maxBatch)) {
    throw bad(`input '${name}': a batch holds 1 to ${maxBatch} samples, got ${batch.join(', ')}`);
  }
  // How large an image may be follows from how many bytes a request may have.
  if (given.some((d, i) => d < 1 && typeof shape[i] === 'string')) {
    throw bad(`input '${name}': expected shape ${wanted} without a 0, got [${given.join(', ')}]`);
  }
  return given;
}

/** Copies flat or nested JSON data into `data`. */
function fill(
  data: TensorData,
  json: readonly unknown[],
  shape: readonly number[],
  spec: ManifestInput,
): void {
  const nested = shape.length > 1 && Array.isArray(json[0]);
  if (!nested) {
    if (json.length !== data.length) {
      throw bad(`input '${spec.name}': shape holds ${data.length} elements, "data" has ${json.length}`);
    }
    for (const [i, x] of json.entries()) setElement(data, i, x, spec);
    return;
  }
  let at = 0;
  const walk = (x: unknown, axis: number): void => {
    if (axis === shape.length) {
      setElement(data, at++, x, spec);
      return;
    }
    if (!Array.isArray(x) || x.length !== shape[axis]) {
      throw bad(
        `input '${spec.name}': nested "data" does not have shape [${shape.join(', ')}]: expected an array of ${shape[axis]} at depth ${axis}`,
      );
    }
    for (const child of x) walk(child, axis + 1);
  };
  walk(json, 0);
}

const largest: Readonly<Partial<Record<Dtype, readonly [number, number]>>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint8: [0, 255],
};

function setElement(data: TensorData, at: number, x: unknown, { name, dtype, classes }: ManifestInput): void {
  const refuse = (expected: string) => bad(`input '${name}': element ${at} is not ${expected}`);
  if (dtype === 'bool') {
    if (x !== true && x !== false && x !== 0 && x !== 1) throw refuse('true or false');
    data[at] = Number(x);
    return;
  }
  if (typeof x !== 'number' || !Number.isFinite(dtype === 'float32' ? Math.fround(x) : x)) {
    throw refuse(`a finite ${datatypeOf(dtype)} number`);
  }
  const range = classes === undefined ? largest[dtype] : ([0, classes - 1] as const);
  if (range && !(Number.isInteger(x) && x >= range[0] && x <= range[1])) {
    throw refuse(`a whole number from ${range[0]} to ${range[1]}`);
  }
  if (data instanceof BigInt64Array) data[at] = BigInt(x);
  else data[at] = x;
}
