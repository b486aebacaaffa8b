import { mapUnary } from '../kernels/elementwise.js';
import { floatAttribute } from '../kernels/numbers.js';
import { defineOperator, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { abs } from './abs.js';
import { greater } from './greater.js';
import { where } from './where.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Moves each element towards 0 by `bias` where it is further away than `threshold`, else 0: hard shrinkage, or soft with `bias = threshold`.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Shrink-9](https://onnx.ai/onnx/operators/onnx__Shrink.html).
 */
export function shrink(x: Tensor, threshold = 0.5, bias = 0): Tensor {
  return makeTensor(shrinkOperator, [x], { lambd: threshold, bias });
}

export const shrinkOperator = defineOperator<{ readonly lambd: number; readonly bias: number }, Unary>({
  name: 'Shrink',
  infer: ([x]) => inferFloating('Shrink', x),
  gradient: (g, _, [x], { lambd }) => [where(greater(abs(x), lambd), g, 0)],
  evaluate: ([x], { lambd, bias }, output) => {
    const threshold = floatAttribute(lambd, output.dtype);
    const b = floatAttribute(bias, output.dtype);
    return mapUnary((v) => (v < -threshold ? v + b : v > threshold ? v - b : 0), x, output);
  },
  onnx: { attributes: { lambd: 'float', bias: 'float' }, defaults: { lambd: 0.5, bias: 0 } },
});
