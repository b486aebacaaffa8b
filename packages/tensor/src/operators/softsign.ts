import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { abs } from './abs.js';
import { add } from './add.js';
import { div } from './div.js';
import { square } from './square.js';
import { inferFloating } from './families/elementwise.js';

/**
 * x / (1 + |x|) of each element: between -1 and 1, with tails that never quite flatten out.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Softsign-1](https://onnx.ai/onnx/operators/onnx__Softsign.html).
 */
export function softsign(x: Tensor): Tensor {
  return makeTensor(softsignOperator, [x], {});
}

export const softsignOperator = defineOperator<NoAttributes, Unary>({
  name: 'Softsign',
  infer: ([x]) => inferFloating('Softsign', x),
  gradient: (g, _, [x]) => [div(g, square(add(abs(x), 1)))],
  evaluate: ([x], _, output) => mapUnary((v) => v / (1 + Math.abs(v)), x, output),
  onnx: {},
});
