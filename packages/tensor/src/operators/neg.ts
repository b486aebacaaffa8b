import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { inferNumeric } from './families/elementwise.js';

/**
 * Minus each element.
 *
 * Any shape, any dtype but bool (`GANYMEDE_DTYPE`). ONNX: [Neg-13](https://onnx.ai/onnx/operators/onnx__Neg.html).
 */
export function neg(x: Tensor): Tensor {
  return makeTensor(negOperator, [x], {});
}

export const negOperator = defineOperator<NoAttributes, Unary>({
  name: 'Neg',
  infer: ([x]) => inferNumeric('Neg', x),
  gradient: (g) => [neg(g)],
  evaluate: ([x], _, output) => mapUnary((x) => -x, x, output),
  onnx: {},
});
