import { unbroadcast } from '../gradient/unbroadcast.js';
import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { inferArithmetic } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * Product of two tensors, element by element.
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype, any but bool (`GANYMEDE_DTYPE`); a number takes the dtype
 * of the other. ONNX: [Mul-14](https://onnx.ai/onnx/operators/onnx__Mul.html).
 */
export function mul(a: TensorLike, b: TensorLike): Tensor {
  return makeTensor(mulOperator, liftPair('Mul', a, b), {});
}

export const mulOperator = defineOperator<NoAttributes, Binary>({
  name: 'Mul',
  infer: ([a, b]) => inferArithmetic('Mul', a, b),
  gradient: (g, _, [a, b]) =>
    // A square has one derivative, not two equal ones to add.
    a === b
      ? [() => mul(mul(g, 2), a), null]
      : [() => unbroadcast(mul(g, b), a), () => unbroadcast(mul(g, a), b)],
  evaluate: ([a, b], _, output) =>
    // The product of two int32 may need more than 53 bits.
    mapBinary(output.dtype === 'int32' ? Math.imul : (x, y) => x * y, a, b, output),
  onnx: {},
});
