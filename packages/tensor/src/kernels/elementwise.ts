import type { TensorData } from '../dtype.js';
import type { OutputType } from '../operator.js';
import type { Value } from '../value.js';
import { numbersIn, room, toData } from './numbers.js';
import { broadcastNumbers } from './strided.js';

/** `f` of each element. */
export function mapUnary(f: (x: number) => number, x: Value, output: OutputType): TensorData {
  const from = numbersIn(x);
  const to = room(output);
  for (let i = 0; i < to.length; i++) to[i] = f(from[i] as number);
  return toData(output.dtype, to);
}

/** `f` of each pair of elements, both operands broadcast to the output's shape. */
export function mapBinary(
  f: (a: number, b: number) => number,
  a: Value,
  b: Value,
  output: OutputType,
): TensorData {
  const to = room(output);
  const n = to.length;
  if (b.data.length === 1 && a.data.length === n) {
    const left = numbersIn(a);
    const right = Number(b.data[0]);
    for (let i = 0; i < n; i++) to[i] = f(left[i] as number, right);
  } else {
    const left = broadcastNumbers(a, output.shape);
    const right = broadcastNumbers(b, output.shape);
    for (let i = 0; i < n; i++) to[i] = f(left[i] as number, right[i] as number);
  }
  return toData(output.dtype, to);
}

/** Sum of all values over `divisor`, all broadcast to the output's shape. */
export function addAll(values: readonly Value[], divisor: number, output: OutputType): TensorData {
  const parts = values.map((x) => broadcastNumbers(x, output.shape));
  const to = room(output);
  for (let i = 0; i < to.length; i++) {
    let total = 0;
    for (const part of parts) total += part[i] as number;
    to[i] = total / divisor;
  }
  return toData(output.dtype, to);
}

/** `a` where `condition` is not 0, else `b`; all broadcast to the output's shape. */
export function select(condition: Value, a: Value, b: Value, output: OutputType): TensorData {
  const test = broadcastNumbers(condition, output.shape);
  const left = broadcastNumbers(a, output.shape);
  const right = broadcastNumbers(b, output.shape);
  const to = room(output);
  for (let i = 0; i < to.length; i++) to[i] = (test[i] === 0 ? right[i] : left[i]) as number;
  return toData(output.dtype, to);
}
