import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { cos } from './cos.js';
import { mul } from './mul.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Sine of each element, in radians.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX: [Sin-7](https://onnx.ai/onnx/operators/onnx__Sin.html).
 */
export function sin(x: Tensor): Tensor {
  return makeTensor(sinOperator, [x], {});
}

export const sinOperator = defineOperator<NoAttributes, Unary>({
  name: 'Sin',
  infer: ([x]) => inferFloating('Sin', x),
  gradient: (g, _, [x]) => [mul(g, cos(x))],
  evaluate: ([x], _, output) => mapUnary(Math.sin, x, output),
  onnx: {},
});
