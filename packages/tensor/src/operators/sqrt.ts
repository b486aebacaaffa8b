import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { div } from './div.js';
import { mul } from './mul.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Square root of each element. Its gradient is infinite at 0: add a small number first where 0 can occur.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX: [Sqrt-13](https://onnx.ai/onnx/operators/onnx__Sqrt.html).
 */
export function sqrt(x: Tensor): Tensor {
  return makeTensor(sqrtOperator, [x], {});
}

export const sqrtOperator = defineOperator<NoAttributes, Unary>({
  name: 'Sqrt',
  infer: ([x]) => inferFloating('Sqrt', x),
  gradient: (g, y) => [div(mul(g, 0.5), y)],
  evaluate: ([x], _, output) => mapUnary(Math.sqrt, x, output),
  onnx: {},
});
