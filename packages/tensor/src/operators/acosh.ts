import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { div } from './div.js';
import { mul } from './mul.js';
import { sqrt } from './sqrt.js';
import { sub } from './sub.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Inverse hyperbolic cosine of each element, not negative; NaN below 1.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). The derivative is infinite at 1. ONNX:
 * [Acosh-9](https://onnx.ai/onnx/operators/onnx__Acosh.html).
 */
export function acosh(x: Tensor): Tensor {
  return makeTensor(acoshOperator, [x], {});
}

export const acoshOperator = defineOperator<NoAttributes, Unary>({
  name: 'Acosh',
  infer: ([x]) => inferFloating('Acosh', x),
  gradient: (g, _, [x]) => [div(g, sqrt(sub(mul(x, x), 1)))],
  evaluate: ([x], _, output) => mapUnary(Math.acosh, x, output),
  onnx: {},
});
