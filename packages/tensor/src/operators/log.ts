import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { div } from './div.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Natural logarithm of each element; NaN below 0, -Infinity at 0.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX: [Log-13](https://onnx.ai/onnx/operators/onnx__Log.html).
 */
export function log(x: Tensor): Tensor {
  return makeTensor(logOperator, [x], {});
}

export const logOperator = defineOperator<NoAttributes, Unary>({
  name: 'Log',
  infer: ([x]) => inferFloating('Log', x),
  gradient: (g, _, [x]) => [div(g, x)],
  evaluate: ([x], _, output) => mapUnary(Math.log, x, output),
  onnx: {},
});
