import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { add } from './add.js';
import { mul } from './mul.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Tangent of each element, in radians.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Tan-7](https://onnx.ai/onnx/operators/onnx__Tan.html).
 */
export function tan(x: Tensor): Tensor {
  return makeTensor(tanOperator, [x], {});
}

export const tanOperator = defineOperator<NoAttributes, Unary>({
  name: 'Tan',
  infer: ([x]) => inferFloating('Tan', x),
  gradient: (g, y) => [mul(g, add(mul(y, y), 1))],
  evaluate: ([x], _, output) => mapUnary(Math.tan, x, output),
  onnx: {},
});
