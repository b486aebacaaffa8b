import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { div } from './div.js';
import { mul } from './mul.js';
import { sub } from './sub.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Inverse hyperbolic tangent of each element; NaN outside [-1, 1].
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Atanh-9](https://onnx.ai/onnx/operators/onnx__Atanh.html).
 */
export function atanh(x: Tensor): Tensor {
  return makeTensor(atanhOperator, [x], {});
}

export const atanhOperator = defineOperator<NoAttributes, Unary>({
  name: 'Atanh',
  infer: ([x]) => inferFloating('Atanh', x),
  gradient: (g, _, [x]) => [div(g, sub(1, mul(x, x)))],
  evaluate: ([x], _, output) => mapUnary(Math.atanh, x, output),
  onnx: {},
});
