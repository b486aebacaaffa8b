import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { inferFloating } from './families/elementwise.js';

/**
 * e to the power of each element.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX: [Exp-13](https://onnx.ai/onnx/operators/onnx__Exp.html).
 */
export function exp(x: Tensor): Tensor {
  return makeTensor(expOperator, [x], {});
}

export const expOperator = defineOperator<NoAttributes, Unary>({
  name: 'Exp',
  infer: ([x]) => inferFloating('Exp', x),
  gradient: (g, y) => [mul(g, y)],
  evaluate: ([x], _, output) => mapUnary(Math.exp, x, output),
  onnx: {},
});
