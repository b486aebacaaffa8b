import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { sign } from './sign.js';
import { inferNumeric } from './families/elementwise.js';

/**
 * Absolute value of each element. The derivative at 0 is taken as 0.
 *
 * Any shape, any dtype but bool (`GANYMEDE_DTYPE`). ONNX: [Abs-13](https://onnx.ai/onnx/operators/onnx__Abs.html).
 */
export function abs(x: Tensor): Tensor {
  return makeTensor(absOperator, [x], {});
}

export const absOperator = defineOperator<NoAttributes, Unary>({
  name: 'Abs',
  infer: ([x]) => inferNumeric('Abs', x),
  gradient: (g, _, [x]) => [mul(g, sign(x))],
  evaluate: ([x], _, output) => mapUnary(Math.abs, x, output),
  onnx: {},
});
