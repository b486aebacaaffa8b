import { mapUnary } from '../kernels/elementwise.js';
import { floatAttribute } from '../kernels/numbers.js';
import { defineOperator, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { add } from './add.js';
import { div } from './div.js';
import { greater } from './greater.js';
import { mul } from './mul.js';
import { where } from './where.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Each element if positive, else `alpha * (exp(x / alpha) - 1)`: elu with a smooth derivative for every alpha (Barron, 2017).
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Celu-12](https://onnx.ai/onnx/operators/onnx__Celu.html).
 */
export function celu(x: Tensor, alpha = 1): Tensor {
  return makeTensor(celuOperator, [x], { alpha });
}

export const celuOperator = defineOperator<{ readonly alpha: number }, Unary>({
  name: 'Celu',
  infer: ([x]) => inferFloating('Celu', x),
  gradient: (g, y, [x], { alpha }) => [where(greater(x, 0), g, mul(g, add(div(y, alpha), 1)))],
  evaluate: ([x], { alpha }, output) => {
    const a = floatAttribute(alpha, output.dtype);
    return mapUnary((v) => (v < 0 ? a * Math.expm1(v / a) : v), x, output);
  },
  onnx: { attributes: { alpha: 'float' }, defaults: { alpha: 1 } },
});
