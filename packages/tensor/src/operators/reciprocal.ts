import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import { inferFloating } from './families/elementwise.js';

/**
 * One over each element.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Reciprocal-13](https://onnx.ai/onnx/operators/onnx__Reciprocal.html).
 */
export function reciprocal(x: Tensor): Tensor {
  return makeTensor(reciprocalOperator, [x], {});
}

export const reciprocalOperator = defineOperator<NoAttributes, Unary>({
  name: 'Reciprocal',
  infer: ([x]) => inferFloating('Reciprocal', x),
  gradient: (g, y) => [neg(mul(g, mul(y, y)))],
  evaluate: ([x], _, output) => mapUnary((x) => 1 / x, x, output),
  onnx: {},
});
