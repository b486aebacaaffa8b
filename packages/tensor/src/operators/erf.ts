import { mapUnary } from '../kernels/elementwise.js';
import { errorFunction } from '../kernels/error-function.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { exp } from './exp.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Gauss error function of each element, as exact GELU needs it.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX: [Erf-13](https://onnx.ai/onnx/operators/onnx__Erf.html).
 */
export function erf(x: Tensor): Tensor {
  return makeTensor(erfOperator, [x], {});
}

export const erfOperator = defineOperator<NoAttributes, Unary>({
  name: 'Erf',
  infer: ([x]) => inferFloating('Erf', x),
  gradient: (g, _, [x]) => [mul(mul(g, 2 / Math.sqrt(Math.PI)), exp(neg(mul(x, x))))],
  evaluate: ([x], _, output) => mapUnary(errorFunction, x, output),
  onnx: {},
});
