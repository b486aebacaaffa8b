import type { TensorData } from '../dtype.js';
import { GanymedeError } from '../error.js';
import type { Value } from '../value.js';
import { lengthOf } from './numbers.js';

/** Index values as numbers from 0; negative ones count from the end, others are refused (`GANYMEDE_SHAPE`). */
export function indicesIn(indices: Value, size: number, operator: string): Int32Array {
  const result = new Int32Array(indices.data.length);
  for (let i = 0; i < result.length; i++) {
    const index = Number(indices.data[i]);
    if (index < -size || index >= size) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${operator}: index ${index} is outside an axis of size ${size}`,
      });
    }
    result[i] = index < 0 ? index + size : index;
  }
  return result;
}

/** A copy that a scatter may write to. */
export const copyOf = (data: TensorData): TensorData => data.slice();

/** Moves elements one by one between arrays of one dtype, replacing, adding or multiplying. */
export function transfer(
  from: TensorData,
  to: TensorData,
  reduction: 'none' | 'add' | 'mul',
): (read: number, write: number) => void {
  // Both arrays hold one kind of element, bigint or number: the same code copies and adds either.
  const source = from as Float32Array;
  const target = to as Float32Array;
  if (reduction === 'none') {
    return (read, write) => {
      target[write] = source[read] as number;
    };
  }
  if (reduction === 'mul') {
    return (read, write) => {
      target[write] = (target[write] as number) * (source[read] as number);
    };
  }
  return (read, write) => {
    target[write] = (target[write] as number) + (source[read] as number);
  };
}

/** Calls `visit` with the position in `indices` and, for the same place of a tensor of `shape`, the position of its line along `axis`. */
export function forEachLineElement(
  indices: readonly number[],
  shape: readonly number[],
  axis: number,
  visit: (index: number, line: number) => void,
): void {
  const strides = shape.map((_, i) => lengthOf(shape.slice(i + 1)));
  let at = 0;
  const walk = (dimension: number, line: number): void => {
    if (dimension === indices.length) {
      visit(at++, line);
      return;
    }
    const step = dimension === axis ? 0 : (strides[dimension] as number);
    for (let i = 0; i < (indices[dimension] as number); i++) walk(dimension + 1, line + i * step);
  };
  walk(0, 0);
}

/** Calls `visit` for each index tuple in the last axis of `indices` with its number, and with where its block of `shape` begins and how large it is. */
export function forEachPlace(
  indices: Value,
  shape: readonly number[],
  operator: string,
  visit: (index: number, block: number, size: number) => void,
): void {
  const depth = indices.shape.at(-1) ?? 1;
  const size = lengthOf(shape.slice(depth));
  const count = lengthOf(indices.shape.slice(0, -1));
  for (let i = 0; i < count; i++) {
    let block = 0;
    for (let j = 0; j < depth; j++) {
      const d = shape[j] as number;
      const index = Number(indices.data[i * depth + j]);
      if (index < -d || index >= d) {
        throw new GanymedeError('GANYMEDE_SHAPE', {
          message: `${operator}: index ${index} is outside an axis of size ${d}`,
        });
      }
      block = block * d + (index < 0 ? index + d : index);
    }
    visit(i, block * size, size);
  }
}
