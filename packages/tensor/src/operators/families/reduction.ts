import type { TensorData } from '../../dtype.js';
import { GanymedeError } from '../../error.js';
import { numbersFor, numbersIn, room, toData } from '../../kernels/numbers.js';
import { permuted } from '../../kernels/strided.js';
import type { OutputType, TensorType } from '../../operator.js';
import { site } from '../../scope.js';
import { type Dim, formatShape, type Shape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import type { Value } from '../../value.js';

/** Attributes of every reduction: sorted, non-negative axes; ONNX's `keepdims`. */
export type ReductionAttributes = { readonly axes: readonly number[]; readonly keepdims: 0 | 1 };

/** The shape with the axes removed, or kept as size 1. */
export const reducedShape = (shape: Shape, { axes, keepdims }: ReductionAttributes): Shape =>
  keepdims === 1
    ? shape.map((d, i): Dim => (axes.includes(i) ? 1 : d))
    : shape.filter((_, i) => !axes.includes(i));

export const inferReduction = (x: Tensor, attributes: ReductionAttributes): TensorType => ({
  dtype: x.dtype,
  shape: reducedShape(x.shape, attributes),
});

/** Refuses (`GANYMEDE_SHAPE`) to look for the largest of no elements. */
export function refuseEmpty(operator: string, x: Tensor, axes: readonly number[]): void {
  const empty = axes.find((axis) => x.shape[axis] === 0);
  if (empty === undefined) return;
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${site(operator)}: axis ${empty} of ${formatShape(x.shape)} has no elements to choose from`,
    hint: 'keep at least one element along the axes that are reduced',
  });
}

/** Elements `[start, end)` of `numbers`: what is reduced to one number. */
export type Fold = (numbers: ArrayLike<number>, start: number, end: number) => number;

/** Reduces `x` over `axes`: reorders it so that each group of elements lies together, then folds each group. */
export function reduce(fold: Fold, x: Value, axes: readonly number[], output: OutputType): TensorData {
  const kept = x.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const trailing = axes.every((axis, i) => axis === kept.length + i);
  const data = trailing ? x.data : permuted(x, [...kept, ...axes]);
  const numbers = numbersIn({ data });
  const size = axes.reduce((product, axis) => product * (x.shape[axis] as number), 1);
  const to = room(output);
  for (let i = 0; i < to.length; i++) to[i] = fold(numbers, i * size, (i + 1) * size);
  return toData(output.dtype, to);
}

/** Applies `f` to every line of `x` along `axis`; `f` reads from and writes to two arrays of the line's length. */
export function mapLines(
  f: (from: Float64Array, to: Float64Array) => void,
  x: Value,
  axis: number,
  output: OutputType,
): TensorData {
  const n = x.shape[axis] as number;
  const inner = x.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const numbers = numbersIn(x);
  const to = numbersFor(output.dtype, numbers.length);
  const line = new Float64Array(n);
  const result = new Float64Array(n);
  for (let start = 0; start < numbers.length; start += n * inner) {
    for (let offset = start; offset < start + inner; offset++) {
      for (let i = 0; i < n; i++) line[i] = numbers[offset + i * inner] as number;
      f(line, result);
      for (let i = 0; i < n; i++) to[offset + i * inner] = result[i] as number;
    }
  }
  return toData(output.dtype, to);
}
