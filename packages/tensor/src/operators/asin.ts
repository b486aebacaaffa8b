import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { div } from './div.js';
import { mul } from './mul.js';
import { sqrt } from './sqrt.js';
import { sub } from './sub.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Arcsine of each element, in radians from -pi/2 to pi/2; NaN outside [-1, 1].
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). The derivative is infinite at -1 and 1. ONNX:
 * [Asin-7](https://onnx.ai/onnx/operators/onnx__Asin.html).
 */
export function asin(x: Tensor): Tensor {
  return makeTensor(asinOperator, [x], {});
}

export const asinOperator = defineOperator<NoAttributes, Unary>({
  name: 'Asin',
  infer: ([x]) => inferFloating('Asin', x),
  gradient: (g, _, [x]) => [div(g, sqrt(sub(1, mul(x, x))))],
  evaluate: ([x], _, output) => mapUnary(Math.asin, x, output),
  onnx: {},
});
