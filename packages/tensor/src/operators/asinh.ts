import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { add } from './add.js';
import { div } from './div.js';
import { mul } from './mul.js';
import { sqrt } from './sqrt.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Inverse hyperbolic sine of each element: a logarithm that takes any sign.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Asinh-9](https://onnx.ai/onnx/operators/onnx__Asinh.html).
 */
export function asinh(x: Tensor): Tensor {
  return makeTensor(asinhOperator, [x], {});
}

export const asinhOperator = defineOperator<NoAttributes, Unary>({
  name: 'Asinh',
  infer: ([x]) => inferFloating('Asinh', x),
  gradient: (g, _, [x]) => [div(g, sqrt(add(mul(x, x), 1)))],
  evaluate: ([x], _, output) => mapUnary(Math.asinh, x, output),
  onnx: {},
});
