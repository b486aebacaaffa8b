import { unbroadcast } from '../gradient/unbroadcast.js';
import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { lessOrEqual } from './less-or-equal.js';
import { where } from './where.js';
import { inferArithmetic } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * The smaller of two tensors, element by element. Where they are equal the gradient goes to `a`.
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype, any but bool (`GANYMEDE_DTYPE`); a number takes the dtype
 * of the other. ONNX: [Min-13](https://onnx.ai/onnx/operators/onnx__Min.html).
 */
export function minimum(a: TensorLike, b: TensorLike): Tensor {
  return makeTensor(minimumOperator, liftPair('Min', a, b), {});
}

export const minimumOperator = defineOperator<NoAttributes, Binary>({
  name: 'Min',
  infer: ([a, b]) => inferArithmetic('Min', a, b),
  gradient: (g, _, [a, b]) => [
    () => unbroadcast(where(lessOrEqual(a, b), g, 0), a),
    () => unbroadcast(where(lessOrEqual(a, b), 0, g), b),
  ],
  evaluate: ([a, b], _, output) => mapBinary(Math.min, a, b, output),
  onnx: {
    // ONNX allows any number of inputs; two is what the language makes.
    decode: (inputs) => inputs.reduce((a, b) => minimum(a, b)),
  },
});
