import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { inferLogical } from './families/elementwise.js';

/**
 * Whether both of two booleans hold, element by element.
 *
 * Operands are bool (`GANYMEDE_DTYPE`) and broadcast (`GANYMEDE_SHAPE`). ONNX:
 * [And-7](https://onnx.ai/onnx/operators/onnx__And.html).
 */
export function and(a: Tensor, b: Tensor): Tensor {
  return makeTensor(andOperator, [a, b], {});
}

export const andOperator = defineOperator<NoAttributes, Binary>({
  name: 'And',
  infer: ([a, b]) => inferLogical('And', a, b),
  gradient: () => [null, null],
  evaluate: ([a, b], _, output) => mapBinary((x, y) => x & y, a, b, output),
  onnx: {},
});
