import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { add } from './add.js';
import { greater } from './greater.js';
import { mul } from './mul.js';
import { where } from './where.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Each element if positive, else `alpha * (exp(x) - 1)`.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX: [Elu-6](https://onnx.ai/onnx/operators/onnx__Elu.html).
 */
export function elu(x: Tensor, alpha = 1): Tensor {
  return makeTensor(eluOperator, [x], { alpha });
}

export const eluOperator = defineOperator<{ readonly alpha: number }, Unary>({
  name: 'Elu',
  infer: ([x]) => inferFloating('Elu', x),
  gradient: (g, y, [x], { alpha }) => [where(greater(x, 0), g, mul(g, add(y, alpha)))],
  evaluate: ([x], { alpha }, output) => {
    // In ONNX the factor is a float32.
    const factor = output.dtype === 'float32' ? Math.fround(alpha) : alpha;
    return mapUnary((v) => (v < 0 ? factor * Math.expm1(v) : v), x, output);
  },
  onnx: { attributes: { alpha: 'float' }, defaults: { alpha: 1 } },
});
