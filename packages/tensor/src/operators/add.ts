import { unbroadcast } from '../gradient/unbroadcast.js';
import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { inferArithmetic } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * Sum of two tensors, element by element.
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype, any but bool (`GANYMEDE_DTYPE`); a number takes the dtype
 * of the other. ONNX: [Add-14](https://onnx.ai/onnx/operators/onnx__Add.html).
 */
export function add(a: TensorLike, b: TensorLike): Tensor {
  return makeTensor(addOperator, liftPair('Add', a, b), {});
}

export const addOperator = defineOperator<NoAttributes, Binary>({
  name: 'Add',
  infer: ([a, b]) => inferArithmetic('Add', a, b),
  gradient: (g, _, [a, b]) => [() => unbroadcast(g, a), () => unbroadcast(g, b)],
  evaluate: ([a, b], _, output) => mapBinary((x, y) => x + y, a, b, output),
  onnx: {},
});
