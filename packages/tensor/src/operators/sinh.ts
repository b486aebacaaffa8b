import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { cosh } from './cosh.js';
import { mul } from './mul.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Hyperbolic sine of each element.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Sinh-9](https://onnx.ai/onnx/operators/onnx__Sinh.html).
 */
export function sinh(x: Tensor): Tensor {
  return makeTensor(sinhOperator, [x], {});
}

export const sinhOperator = defineOperator<NoAttributes, Unary>({
  name: 'Sinh',
  infer: ([x]) => inferFloating('Sinh', x),
  gradient: (g, _, [x]) => [mul(g, cosh(x))],
  evaluate: ([x], _, output) => mapUnary(Math.sinh, x, output),
  onnx: {},
});
