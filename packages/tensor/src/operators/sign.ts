import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { inferNumeric } from './families/elementwise.js';

/**
 * -1, 0 or 1 by the sign of each element. Its derivative is 0 everywhere.
 *
 * Any shape, any dtype but bool (`GANYMEDE_DTYPE`). ONNX: [Sign-13](https://onnx.ai/onnx/operators/onnx__Sign.html).
 */
export function sign(x: Tensor): Tensor {
  return makeTensor(signOperator, [x], {});
}

export const signOperator = defineOperator<NoAttributes, Unary>({
  name: 'Sign',
  infer: ([x]) => inferNumeric('Sign', x),
  gradient: () => [null],
  evaluate: ([x], _, output) => mapUnary(Math.sign, x, output),
  onnx: {},
});
