import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { requireDtype, sameType } from './families/elementwise.js';

/**
 * The opposite of each boolean.
 *
 * Any shape, bool (`GANYMEDE_DTYPE`). ONNX: [Not-1](https://onnx.ai/onnx/operators/onnx__Not.html).
 */
export function not(x: Tensor): Tensor {
  return makeTensor(notOperator, [x], {});
}

export const notOperator = defineOperator<NoAttributes, Unary>({
  name: 'Not',
  infer: ([x]) => {
    requireDtype('Not', 'bool', x);
    return sameType(x);
  },
  gradient: () => [null],
  evaluate: ([x], _, output) => mapUnary((b) => 1 - b, x, output),
  onnx: {},
});
