import { allocate, type TensorData } from '../dtype.js';
import type { Value } from '../value.js';
import { lengthOf, type NumberArray, numbersIn } from './numbers.js';

/** Distance in elements between neighbours along each axis of a row-major tensor. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= shape[i] as number;
  }
  return strides;
}

/** One side of a strided copy: element `(i, j, …)` lies at `offset + i*strides[0] + j*strides[1] + …`. */
export interface View {
  readonly data: TensorData;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Copies a box of `shape` elements. Transpose, slice, expand, tile and pad are all this, with other strides. */
export function copyStrided(from: View, to: View, shape: readonly number[]): void {
  if (lengthOf(shape) === 0) return;
  // One static type for every kind of element: the loop only copies, so number and bigint behave alike.
  const source = from.data as Float32Array;
  const target = to.data as Float32Array;
  const last = shape.length - 1;
  if (last < 0) {
    target[to.offset] = source[from.offset] as number;
    return;
  }
  const inner = shape[last] as number;
  const readStep = from.strides[last] as number;
  const writeStep = to.strides[last] as number;
  const walk = (axis: number, read: number, write: number): void => {
    if (axis === last) {
      for (let i = 0; i < inner; i++) target[write + i * writeStep] = source[read + i * readStep] as number;
      return;
    }
    const size = shape[axis] as number;
    const r = from.strides[axis] as number;
    const w = to.strides[axis] as number;
    for (let i = 0; i < size; i++) walk(axis + 1, read + i * r, write + i * w);
  };
  walk(0, from.offset, to.offset);
}

/** A dense copy of a strided view of `x`, in row-major order of `shape` (which may split the output's axes further). */
export function readStrided(
  x: Value,
  view: { readonly offset?: number; readonly strides: readonly number[]; readonly shape: readonly number[] },
): TensorData {
  const data: TensorData = allocate(x.dtype, lengthOf(view.shape));
  copyStrided(
    { data: x.data, offset: view.offset ?? 0, strides: view.strides },
    { data, offset: 0, strides: stridesOf(view.shape) },
    view.shape,
  );
  return data;
}

/** Copies entries of one axis by their number, which are known to be within it. */
export function gatherAxis(x: Value, axis: number, indices: readonly number[]): Value {
  const inner = lengthOf(x.shape.slice(axis + 1));
  const size = x.shape[axis] as number;
  const outer = lengthOf(x.shape.slice(0, axis));
  const data: TensorData = allocate(x.dtype, outer * indices.length * inner);
  let write = 0;
  for (let i = 0; i < outer; i++) {
    for (const index of indices) {
      const read = (i * size + index) * inner;
      // One dtype on both sides; the element kind (number or bigint) cannot be told apart statically.
      (data as Float32Array).set((x.data as Float32Array).subarray(read, read + inner), write);
      write += inner;
    }
  }
  return { dtype: x.dtype, shape: x.shape.map((d, i) => (i === axis ? indices.length : d)), data };
}

/** Axes of `x` in another order. */
export function permuted(x: Value, permutation: readonly number[]): TensorData {
  const strides = stridesOf(x.shape);
  return readStrided(x, {
    strides: permutation.map((axis) => strides[axis] as number),
    shape: permutation.map((axis) => x.shape[axis] as number),
  });
}

/** `x` repeated along its axes of size 1 (and new leading ones) until it has `shape`; `x`'s own data when it already has. */
export function broadcastTo(x: Value, shape: readonly number[]): TensorData {
  if (lengthOf(x.shape) === lengthOf(shape)) return x.data;
  const own = stridesOf(x.shape);
  const lead = shape.length - x.shape.length;
  return readStrided(x, {
    strides: shape.map((_, i) => (i < lead || x.shape[i - lead] === 1 ? 0 : (own[i - lead] as number))),
    shape,
  });
}

/** The elements of {@link broadcastTo} as numbers. */
export const broadcastNumbers = (x: Value, shape: readonly number[]): NumberArray =>
  numbersIn({ data: broadcastTo(x, shape) });
