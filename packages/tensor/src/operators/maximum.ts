import { unbroadcast } from '../gradient/unbroadcast.js';
import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { greaterOrEqual } from './greater-or-equal.js';
import { where } from './where.js';
import { inferArithmetic } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * The larger of two tensors, element by element. Where they are equal the gradient goes to `a`.
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype, any but bool (`GANYMEDE_DTYPE`); a number takes the dtype
 * of the other. ONNX: [Max-13](https://onnx.ai/onnx/operators/onnx__Max.html).
 */
export function maximum(a: TensorLike, b: TensorLike): Tensor {
  return makeTensor(maximumOperator, liftPair('Max', a, b), {});
}

export const maximumOperator = defineOperator<NoAttributes, Binary>({
  name: 'Max',
  infer: ([a, b]) => inferArithmetic('Max', a, b),
  gradient: (g, _, [a, b]) => [
    () => unbroadcast(where(greaterOrEqual(a, b), g, 0), a),
    () => unbroadcast(where(greaterOrEqual(a, b), 0, g), b),
  ],
  evaluate: ([a, b], _, output) => mapBinary(Math.max, a, b, output),
  onnx: {
    // ONNX allows any number of inputs; two is what the language makes.
    decode: (inputs) => inputs.reduce((a, b) => maximum(a, b)),
  },
});
