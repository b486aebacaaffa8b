import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import { sin } from './sin.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Cosine of each element, in radians.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX: [Cos-7](https://onnx.ai/onnx/operators/onnx__Cos.html).
 */
export function cos(x: Tensor): Tensor {
  return makeTensor(cosOperator, [x], {});
}

export const cosOperator = defineOperator<NoAttributes, Unary>({
  name: 'Cos',
  infer: ([x]) => inferFloating('Cos', x),
  gradient: (g, _, [x]) => [neg(mul(g, sin(x)))],
  evaluate: ([x], _, output) => mapUnary(Math.cos, x, output),
  onnx: {},
});
