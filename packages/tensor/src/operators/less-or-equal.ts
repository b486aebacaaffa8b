import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { inferComparison } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * Whether `a` is less than or equal to `b`, element by element. Not differentiable: no gradient flows.
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype (`GANYMEDE_DTYPE`); the result is bool. ONNX:
 * [LessOrEqual-16](https://onnx.ai/onnx/operators/onnx__LessOrEqual.html).
 */
export function lessOrEqual(a: TensorLike, b: TensorLike): Tensor {
  return makeTensor(lessOrEqualOperator, liftPair('LessOrEqual', a, b), {});
}

export const lessOrEqualOperator = defineOperator<NoAttributes, Binary>({
  name: 'LessOrEqual',
  infer: ([a, b]) => inferComparison('LessOrEqual', a, b),
  gradient: () => [null, null],
  evaluate: ([a, b], _, output) => mapBinary((x, y) => Number(x <= y), a, b, output),
  onnx: {},
});
