import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { inferComparison } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * Whether two tensors are equal, element by element. Not differentiable: no gradient flows.
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype (`GANYMEDE_DTYPE`); the result is bool. ONNX:
 * [Equal-13](https://onnx.ai/onnx/operators/onnx__Equal.html).
 */
export function equal(a: TensorLike, b: TensorLike): Tensor {
  return makeTensor(equalOperator, liftPair('Equal', a, b), {});
}

export const equalOperator = defineOperator<NoAttributes, Binary>({
  name: 'Equal',
  infer: ([a, b]) => inferComparison('Equal', a, b),
  gradient: () => [null, null],
  evaluate: ([a, b], _, output) => mapBinary((x, y) => Number(x === y), a, b, output),
  onnx: {},
});
