import type { TensorData } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { numbersFor, toData } from '../kernels/numbers.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { formatShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { requireNumeric, sameType } from './families/elementwise.js';

/**
 * A matrix of the shape and dtype of `x` with ones on a diagonal and zeros elsewhere; the elements of `x` do not matter.
 *
 * `k` is the diagonal: 0 the main one, above it positive, below it negative. Rank 2 (`GANYMEDE_SHAPE`), any dtype but bool
 * (`GANYMEDE_DTYPE`). See also `eye`. ONNX: [EyeLike-9](https://onnx.ai/onnx/operators/onnx__EyeLike.html).
 */
export function eyeLike(x: Tensor, k = 0): Tensor {
  return makeTensor(eyeLikeOperator, [x], { k });
}

export const eyeLikeOperator = defineOperator<{ readonly k: number }, Unary>({
  name: 'EyeLike',
  infer: ([x], { k }) => {
    requireNumeric('EyeLike', x);
    if (x.rank === 2 && Number.isInteger(k)) return sameType(x);
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('EyeLike')}: there is no diagonal ${k} in a tensor of shape ${formatShape(x.shape)}`,
      hint: 'give a matrix, and a whole number for the diagonal',
    });
  },
  gradient: () => [null],
  evaluate: (_, { k }, { dtype, shape }): TensorData => {
    const [rows = 0, columns = 0] = shape;
    const to = numbersFor(dtype, rows * columns);
    for (let i = Math.max(0, -k); i < rows && i + k < columns; i++) to[i * columns + i + k] = 1;
    return toData(dtype, to);
  },
  onnx: { attributes: { k: 'int' }, defaults: { k: 0 } },
});
