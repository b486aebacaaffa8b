import { isFloating } from '../dtype.js';
import { unbroadcast } from '../gradient/unbroadcast.js';
import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator } from '../operator.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { abs } from './abs.js';
import { div } from './div.js';
import { floor } from './floor.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import { sign } from './sign.js';
import { inferArithmetic } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * Remainder of a division: with the sign of `b` for integers (as Python), with the sign of `a` for real numbers (as C).
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype, any but bool (`GANYMEDE_DTYPE`); a number takes the dtype
 * of the other. ONNX: [Mod-13](https://onnx.ai/onnx/operators/onnx__Mod.html).
 */
export function mod(a: TensorLike, b: TensorLike): Tensor {
  const operands = liftPair('Mod', a, b);
  return makeTensor(modOperator, operands, { fmod: isFloating(operands[0].dtype) ? 1 : 0 });
}

export const modOperator = defineOperator<{ readonly fmod: 0 | 1 }, Binary>({
  name: 'Mod',
  infer: ([a, b]) => inferArithmetic('Mod', a, b),
  gradient: (g, _, [a, b]) => [
    () => unbroadcast(g, a),
    () => {
      const quotient = div(a, b);
      return unbroadcast(neg(mul(g, mul(sign(quotient), floor(abs(quotient))))), b);
    },
  ],
  evaluate: ([a, b], { fmod }, output) =>
    mapBinary(fmod === 1 ? (x, y) => x % y : (x, y) => x - y * Math.floor(x / y), a, b, output),
  onnx: { attributes: { fmod: 'int' }, defaults: { fmod: 0 } },
});
