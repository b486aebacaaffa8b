import { unbroadcast } from '../gradient/unbroadcast.js';
import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { neg } from './neg.js';
import { inferArithmetic } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * Difference of two tensors, element by element.
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype, any but bool (`GANYMEDE_DTYPE`); a number takes the dtype
 * of the other. ONNX: [Sub-14](https://onnx.ai/onnx/operators/onnx__Sub.html).
 */
export function sub(a: TensorLike, b: TensorLike): Tensor {
  return makeTensor(subOperator, liftPair('Sub', a, b), {});
}

export const subOperator = defineOperator<NoAttributes, Binary>({
  name: 'Sub',
  infer: ([a, b]) => inferArithmetic('Sub', a, b),
  gradient: (g, _, [a, b]) => [() => unbroadcast(g, a), () => unbroadcast(neg(g), b)],
  evaluate: ([a, b], _, output) => mapBinary((x, y) => x - y, a, b, output),
  onnx: {},
});
