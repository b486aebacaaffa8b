import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { inferComparison } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * Whether `a` is greater than `b`, element by element. Not differentiable: no gradient flows.
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype (`GANYMEDE_DTYPE`); the result is bool. ONNX:
 * [Greater-13](https://onnx.ai/onnx/operators/onnx__Greater.html).
 */
export function greater(a: TensorLike, b: TensorLike): Tensor {
  return makeTensor(greaterOperator, liftPair('Greater', a, b), {});
}

export const greaterOperator = defineOperator<NoAttributes, Binary>({
  name: 'Greater',
  infer: ([a, b]) => inferComparison('Greater', a, b),
  gradient: () => [null, null],
  evaluate: ([a, b], _, output) => mapBinary((x, y) => Number(x > y), a, b, output),
  onnx: {},
});
