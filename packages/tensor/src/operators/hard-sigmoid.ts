import { mapUnary } from '../kernels/elementwise.js';
import { floatAttribute } from '../kernels/numbers.js';
import { defineOperator, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { and } from './and.js';
import { greater } from './greater.js';
import { less } from './less.js';
import { mul } from './mul.js';
import { where } from './where.js';
import { inferFloating } from './families/elementwise.js';

/**
 * `alpha * x + beta` of each element, not below 0 and not above 1.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). No gradient passes where it is 0 or 1. ONNX:
 * [HardSigmoid-6](https://onnx.ai/onnx/operators/onnx__HardSigmoid.html).
 */
export function hardSigmoid(x: Tensor, alpha = 0.2, beta = 0.5): Tensor {
  return makeTensor(hardSigmoidOperator, [x], { alpha, beta });
}

export const hardSigmoidOperator = defineOperator<{ readonly alpha: number; readonly beta: number }, Unary>({
  name: 'HardSigmoid',
  infer: ([x]) => inferFloating('HardSigmoid', x),
  gradient: (g, y, _, { alpha }) => [where(and(greater(y, 0), less(y, 1)), mul(g, alpha), 0)],
  evaluate: ([x], { alpha, beta }, output) => {
    const a = floatAttribute(alpha, output.dtype);
    const b = floatAttribute(beta, output.dtype);
    return mapUnary((v) => Math.min(Math.max(a * v + b, 0), 1), x, output);
  },
  onnx: { attributes: { alpha: 'float', beta: 'float' }, defaults: { alpha: 0.2, beta: 0.5 } },
});
