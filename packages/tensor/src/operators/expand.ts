import { GanymedeError } from '../error.js';
import { unbroadcast } from '../gradient/unbroadcast.js';
import { broadcastTo } from '../kernels/strided.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { broadcastShapes, formatShape, type Shape, sameShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';

/**
 * `x` repeated along its axes of size 1, and along new leading axes, until it has `shape`.
 *
 * `x` must broadcast to exactly `shape` (`GANYMEDE_SHAPE`). ONNX:
 * [Expand-13](https://onnx.ai/onnx/operators/onnx__Expand.html).
 */
export function expand(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : makeTensor(expandOperator, [x], { shape });
}

export const expandOperator = defineOperator<{ readonly shape: Shape }, Unary>({
  name: 'Expand',
  infer: ([x], { shape }) => {
    if (!sameShape(broadcastShapes(x.shape, shape, site('Expand')), shape)) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('Expand')}: ${formatShape(x.shape)} does not expand to ${formatShape(shape)}`,
        hint: 'only axes of size 1 are repeated, and new axes come first',
      });
    }
    return { dtype: x.dtype, shape };
  },
  gradient: (g, _, [x]) => [unbroadcast(g, x)],
  evaluate: ([x], _, output) => broadcastTo(x, output.shape),
  onnx: {
    operands: [{ name: 'shape', kind: 'dims' }],
    // In ONNX a size 1 in the shape keeps the input's dimension.
    decode: ([x], { shape = [] }) => expand(x, broadcastShapes(x.shape, shape, site('Expand'))),
  },
});
