import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator } from '../operator.js';
import { site } from '../scope.js';
import { broadcastShapes } from '../shape.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { requireDtype } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * The bits of `a` moved by `b` places, zeros moving in: times or over a power of two.
 *
 * Operands are uint8, the one unsigned dtype (`GANYMEDE_DTYPE`), and broadcast (`GANYMEDE_SHAPE`); `b` is below 8. Not
 * differentiable. ONNX: [BitShift-11](https://onnx.ai/onnx/operators/onnx__BitShift.html).
 */
export function bitShift(a: TensorLike, b: TensorLike, direction: 'LEFT' | 'RIGHT'): Tensor {
  return makeTensor(bitShiftOperator, liftPair('BitShift', a, b), { direction });
}

export const bitShiftOperator = defineOperator<{ readonly direction: 'LEFT' | 'RIGHT' }, Binary>({
  name: 'BitShift',
  infer: ([a, b]) => {
    requireDtype('BitShift', 'uint8', a, b);
    return { dtype: 'uint8', shape: broadcastShapes(a.shape, b.shape, site('BitShift')) };
  },
  gradient: () => [null, null],
  evaluate: ([a, b], { direction }, output) =>
    mapBinary(direction === 'LEFT' ? (x, y) => (x << y) & 0xff : (x, y) => x >>> y, a, b, output),
  onnx: { attributes: { direction: 'string' } },
});
