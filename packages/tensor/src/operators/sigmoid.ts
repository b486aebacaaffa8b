import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { sub } from './sub.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Logistic function 1 / (1 + exp(-x)) of each element.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Sigmoid-13](https://onnx.ai/onnx/operators/onnx__Sigmoid.html).
 */
export function sigmoid(x: Tensor): Tensor {
  return makeTensor(sigmoidOperator, [x], {});
}

export const sigmoidOperator = defineOperator<NoAttributes, Unary>({
  name: 'Sigmoid',
  infer: ([x]) => inferFloating('Sigmoid', x),
  gradient: (g, y) => [mul(g, mul(y, sub(1, y)))],
  evaluate: ([x], _, output) => mapUnary((x) => 1 / (1 + Math.exp(-x)), x, output),
  onnx: {},
});
