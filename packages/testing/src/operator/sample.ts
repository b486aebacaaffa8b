import { allocate, type Dtype, type Value, value } from '@ganymede/tensor';
import { type Elements, elements, indices } from './elements.js';

/** Numbers given to one input of a row. Floating ones come as float64 or float32, as the check asks. */
export interface Sample {
  readonly shape: readonly number[];
  readonly numbers: readonly number[];
  /** Set for inputs that are not floating. */
  readonly dtype?: Dtype;
}

let state = 1;

/** The next of a fixed sequence of numbers in [0, 1): rows are the same on every run. */
export function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

/** Random numbers between two bounds. */
export const between = (shape: readonly number[], low = -1, high = 1): Sample => ({
  shape,
  numbers: indices(shape).map(() => low + (high - low) * random()),
});

/** Random numbers between -1 and 1 that are at least `gap` away from 0, where some operators have a corner. */
export const awayFromZero = (shape: readonly number[], gap = 0.1): Sample => ({
  shape,
  numbers: indices(shape).map(() => (random() < 0.5 ? -1 : 1) * (gap + (1 - gap) * random())),
});

/** All different numbers, at least 0.05 apart, in random order: no ties for max. */
export function distinct(shape: readonly number[]): Sample {
  const order = indices(shape).map((_, i) => ({ i, key: random() }));
  order.sort((a, b) => a.key - b.key);
  return { shape, numbers: order.map(({ i }) => (i - order.length / 2) * 0.05 + 0.01) };
}

/** Given numbers of a dtype that is not floating. */
export const given = (dtype: Dtype, shape: readonly number[], numbers: readonly number[]): Sample => ({
  shape,
  numbers,
  dtype,
});

/** Given numbers of the floating dtype that the check asks for; one dimension unless `shape` says otherwise. */
export const exactly = (numbers: readonly number[], shape: readonly number[] = [numbers.length]): Sample => ({
  shape,
  numbers,
});

/** A sample as an array read by its indices. */
export function elementsOf({ shape, numbers }: Sample): Elements {
  return elements(shape, (...index) => {
    const offset = index.reduce((at, i, axis) => at * (shape[axis] ?? 1) + i, 0);
    return numbers[offset] ?? Number.NaN;
  });
}

/** A sample as a value; `floating` is the dtype of those that are. */
export function valueOfSample({ shape, numbers, dtype }: Sample, floating: Dtype): Value {
  const data = allocate(dtype ?? floating, numbers.length);
  for (const [i, x] of numbers.entries()) {
    if (data instanceof BigInt64Array) data[i] = BigInt(x);
    else data[i] = x;
  }
  return value<Dtype>(dtype ?? floating, shape, data);
}
