import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { sub } from './sub.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Hyperbolic tangent of each element.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX: [Tanh-13](https://onnx.ai/onnx/operators/onnx__Tanh.html).
 */
export function tanh(x: Tensor): Tensor {
  return makeTensor(tanhOperator, [x], {});
}

export const tanhOperator = defineOperator<NoAttributes, Unary>({
  name: 'Tanh',
  infer: ([x]) => inferFloating('Tanh', x),
  gradient: (g, y) => [mul(g, sub(1, mul(y, y)))],
  evaluate: ([x], _, output) => mapUnary(Math.tanh, x, output),
  onnx: {},
});
