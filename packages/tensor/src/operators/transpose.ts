import { GanymedeError } from '../error.js';
import { permuted } from '../kernels/strided.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { type Dim, formatShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';

/**
 * Axes in another order: axis `i` of the result is axis `permutation[i]` of `x`. Default: all axes reversed.
 *
 * `permutation` must name every axis once (`GANYMEDE_AXIS`). ONNX:
 * [Transpose-13](https://onnx.ai/onnx/operators/onnx__Transpose.html).
 */
export function transpose(x: Tensor, permutation?: readonly number[]): Tensor {
  const perm =
    permutation?.map((axis) => (axis < 0 ? axis + x.rank : axis)) ?? x.shape.map((_, i) => x.rank - 1 - i);
  return perm.length === x.rank && perm.every((axis, i) => axis === i)
    ? x
    : makeTensor(transposeOperator, [x], { perm });
}

/** The permutation that undoes `permutation`. */
export const inversePermutation = (permutation: readonly number[]): readonly number[] =>
  permutation.map((_, i) => permutation.indexOf(i));

export const transposeOperator = defineOperator<{ readonly perm: readonly number[] }, Unary>({
  name: 'Transpose',
  infer: ([x], { perm }) => {
    if (
      perm.length !== x.rank ||
      new Set(perm).size !== x.rank ||
      perm.some((axis) => x.shape[axis] === undefined)
    ) {
      throw new GanymedeError('GANYMEDE_AXIS', {
        message: `${site('Transpose')}: [${perm.join(', ')}] is no permutation of the axes of ${formatShape(x.shape)}`,
        hint: `name each axis from 0 to ${x.rank - 1} once`,
      });
    }
    return { dtype: x.dtype, shape: perm.map((axis): Dim => x.shape[axis] ?? 1) };
  },
  gradient: (g, _, __, { perm }) => [transpose(g, inversePermutation(perm))],
  evaluate: ([x], { perm }) => permuted(x, perm),
  onnx: {
    attributes: { perm: 'ints' },
    decode: ([x], { perm }) => transpose(x, perm),
  },
});
