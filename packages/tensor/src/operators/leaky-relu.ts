import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { greater } from './greater.js';
import { mul } from './mul.js';
import { where } from './where.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Each element if positive, else `slope` times it. The derivative at 0 is taken as `slope`.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [LeakyRelu-16](https://onnx.ai/onnx/operators/onnx__LeakyRelu.html).
 */
export function leakyRelu(x: Tensor, slope = 0.01): Tensor {
  return makeTensor(leakyReluOperator, [x], { alpha: slope });
}

export const leakyReluOperator = defineOperator<{ readonly alpha: number }, Unary>({
  name: 'LeakyRelu',
  infer: ([x]) => inferFloating('LeakyRelu', x),
  gradient: (g, _, [x], { alpha }) => [where(greater(x, 0), g, mul(g, alpha))],
  evaluate: ([x], { alpha }, output) => {
    // In ONNX the slope is a float32.
    const slope = output.dtype === 'float32' ? Math.fround(alpha) : alpha;
    return mapUnary((v) => (v < 0 ? slope * v : v), x, output);
  },
  onnx: { attributes: { alpha: 'float' }, defaults: { alpha: 0.01 } },
});
