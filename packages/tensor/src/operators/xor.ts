import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { inferLogical } from './families/elementwise.js';

/**
 * Whether exactly one of two booleans holds, element by element.
 *
 * Operands are bool (`GANYMEDE_DTYPE`) and broadcast (`GANYMEDE_SHAPE`). ONNX:
 * [Xor-7](https://onnx.ai/onnx/operators/onnx__Xor.html).
 */
export function xor(a: Tensor, b: Tensor): Tensor {
  return makeTensor(xorOperator, [a, b], {});
}

export const xorOperator = defineOperator<NoAttributes, Binary>({
  name: 'Xor',
  infer: ([a, b]) => inferLogical('Xor', a, b),
  gradient: () => [null, null],
  evaluate: ([a, b], _, output) => mapBinary((x, y) => x ^ y, a, b, output),
  onnx: {},
});
