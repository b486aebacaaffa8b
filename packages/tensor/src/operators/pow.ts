import { unbroadcast } from '../gradient/unbroadcast.js';
import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { cast } from './cast.js';
import { greater } from './greater.js';
import { log } from './log.js';
import { mul } from './mul.js';
import { sub } from './sub.js';
import { where } from './where.js';
import { inferArithmetic } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * Each element of `a` to the power of `b`. The gradient for `b` counts only where `a` is positive.
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype, any but bool (`GANYMEDE_DTYPE`); a number takes the dtype
 * of the other. ONNX: [Pow-15](https://onnx.ai/onnx/operators/onnx__Pow.html).
 */
export function pow(a: TensorLike, b: TensorLike): Tensor {
  // x*x is exact and fast in every backend, and so is its derivative.
  if (b === 2 && typeof a !== 'number') return mul(a, a);
  return makeTensor(powOperator, liftPair('Pow', a, b), {});
}

export const powOperator = defineOperator<NoAttributes, Binary>({
  name: 'Pow',
  infer: ([a, b]) => inferArithmetic('Pow', a, b),
  gradient: (g, y, [a, b]) => [
    () => unbroadcast(mul(mul(g, b), pow(a, sub(b, 1))), a),
    () => unbroadcast(mul(mul(g, y), log(where(greater(a, 0), a, 1))), b),
  ],
  // Where JavaScript has NaN, IEEE 754 and every backend have 1 to any power.
  evaluate: ([a, b], _, output) => mapBinary((x, y) => (x === 1 ? 1 : x ** y), a, b, output),
  onnx: {
    // ONNX allows an exponent of another dtype.
    decode: ([a, b]) => pow(a, cast(b, a.dtype)),
  },
});
