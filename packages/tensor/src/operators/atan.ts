import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { add } from './add.js';
import { div } from './div.js';
import { mul } from './mul.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Arctangent of each element, in radians from -pi/2 to pi/2.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Atan-7](https://onnx.ai/onnx/operators/onnx__Atan.html).
 */
export function atan(x: Tensor): Tensor {
  return makeTensor(atanOperator, [x], {});
}

export const atanOperator = defineOperator<NoAttributes, Unary>({
  name: 'Atan',
  infer: ([x]) => inferFloating('Atan', x),
  gradient: (g, _, [x]) => [div(g, add(mul(x, x), 1))],
  evaluate: ([x], _, output) => mapUnary(Math.atan, x, output),
  onnx: {},
});
