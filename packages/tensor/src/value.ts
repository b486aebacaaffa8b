import { allocate, type DataOf, type Dtype, isFloating, type TensorData } from './dtype.js';
import { GanymedeError } from './error.js';
import { formatShape } from './shape.js';

/** A concrete tensor in host memory: what programs are fed with and what they return. Row-major. */
export interface Value<D extends Dtype = Dtype> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: DataOf[D];
}

const length = (shape: readonly number[]): number => shape.reduce((product, d) => product * d, 1);

/** Wraps `data` (not copied) as a value. Throws `GANYMEDE_SHAPE` where the element count does not fit the shape. */
export function value<D extends Dtype>(dtype: D, shape: readonly number[], data: DataOf[D]): Value<D> {
  if (data.length !== length(shape)) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `a value of shape ${formatShape(shape)} has ${length(shape)} elements, but ${data.length} were given`,
    });
  }
  return { dtype, shape, data };
}

/** A value from plain numbers; the shape defaults to one dimension, a single number to a scalar. */
export function valueOf(
  numbers: number | ArrayLike<number>,
  shape?: readonly number[],
  dtype: Dtype = 'float32',
): Value {
  const list = typeof numbers === 'number' ? [numbers] : numbers;
  const data: TensorData = allocate(dtype, list.length);
  for (let i = 0; i < list.length; i++) {
    const x = list[i] as number;
    if (data instanceof BigInt64Array) data[i] = BigInt(x);
    else data[i] = dtype === 'bool' ? Number(x !== 0) : x;
  }
  return value(dtype, shape ?? (typeof numbers === 'number' ? [] : [list.length]), data as DataOf[Dtype]);
}

/** A value of `shape` in which every element is `fill`. */
export function filled(shape: readonly number[], fill: number, dtype: Dtype = 'float32'): Value {
  const data = allocate(dtype, length(shape));
  if (fill !== 0)
    (data as Float32Array).fill((data instanceof BigInt64Array ? BigInt(fill) : fill) as number);
  return value(dtype, shape, data as DataOf[Dtype]);
}

/** The single number of a one-element value. Throws `GANYMEDE_SHAPE` for any other size. */
export function scalarOf(x: Value): number {
  if (x.data.length !== 1) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `expected a value with one element, got shape ${formatShape(x.shape)}`,
    });
  }
  return Number(x.data[0]);
}

/** Elements as plain numbers (an int64 beyond 2^53 loses precision). */
export const numbersOf = (x: Value): number[] => Array.from(x.data as ArrayLike<number | bigint>, Number);

/** Index of the first NaN or infinity, or -1. Integer values are always finite. */
export function firstNonFinite(x: Value): number {
  if (!isFloating(x.dtype)) return -1;
  const data = x.data as Float32Array;
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return i;
  return -1;
}
