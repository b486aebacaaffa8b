import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { inferComparison } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * Whether `a` is less than `b`, element by element. Not differentiable: no gradient flows.
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype (`GANYMEDE_DTYPE`); the result is bool. ONNX:
 * [Less-13](https://onnx.ai/onnx/operators/onnx__Less.html).
 */
export function less(a: TensorLike, b: TensorLike): Tensor {
  return makeTensor(lessOperator, liftPair('Less', a, b), {});
}

export const lessOperator = defineOperator<NoAttributes, Binary>({
  name: 'Less',
  infer: ([a, b]) => inferComparison('Less', a, b),
  gradient: () => [null, null],
  evaluate: ([a, b], _, output) => mapBinary((x, y) => Number(x < y), a, b, output),
  onnx: {},
});
