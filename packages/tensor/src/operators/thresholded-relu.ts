import { mapUnary } from '../kernels/elementwise.js';
import { floatAttribute } from '../kernels/numbers.js';
import { defineOperator, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { greater } from './greater.js';
import { where } from './where.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Each element where it is above `alpha`, else 0 (Konda et al., 2015).
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). The jump at `alpha` has no derivative; it is taken as 0. ONNX:
 * [ThresholdedRelu-10](https://onnx.ai/onnx/operators/onnx__ThresholdedRelu.html).
 */
export function thresholdedRelu(x: Tensor, alpha = 1): Tensor {
  return makeTensor(thresholdedReluOperator, [x], { alpha });
}

export const thresholdedReluOperator = defineOperator<{ readonly alpha: number }, Unary>({
  name: 'ThresholdedRelu',
  infer: ([x]) => inferFloating('ThresholdedRelu', x),
  gradient: (g, _, [x], { alpha }) => [where(greater(x, alpha), g, 0)],
  evaluate: ([x], { alpha }, output) => {
    const a = floatAttribute(alpha, output.dtype);
    return mapUnary((v) => (v > a ? v : 0), x, output);
  },
  onnx: { attributes: { alpha: 'float' }, defaults: { alpha: 1 } },
});
