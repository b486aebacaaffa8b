import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { inferLogical } from './families/elementwise.js';

/**
 * Whether at least one of two booleans holds, element by element.
 *
 * Operands are bool (`GANYMEDE_DTYPE`) and broadcast (`GANYMEDE_SHAPE`). ONNX:
 * [Or-7](https://onnx.ai/onnx/operators/onnx__Or.html).
 */
export function or(a: Tensor, b: Tensor): Tensor {
  return makeTensor(orOperator, [a, b], {});
}

export const orOperator = defineOperator<NoAttributes, Binary>({
  name: 'Or',
  infer: ([a, b]) => inferLogical('Or', a, b),
  gradient: () => [null, null],
  evaluate: ([a, b], _, output) => mapBinary((x, y) => x | y, a, b, output),
  onnx: {},
});
