import { isFloating } from '../dtype.js';
import { unbroadcast } from '../gradient/unbroadcast.js';
import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import { inferArithmetic } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * Quotient of two tensors, element by element; integers divide towards zero.
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype, any but bool (`GANYMEDE_DTYPE`); a number takes the dtype
 * of the other. ONNX: [Div-14](https://onnx.ai/onnx/operators/onnx__Div.html).
 */
export function div(a: TensorLike, b: TensorLike): Tensor {
  return makeTensor(divOperator, liftPair('Div', a, b), {});
}

export const divOperator = defineOperator<NoAttributes, Binary>({
  name: 'Div',
  infer: ([a, b]) => inferArithmetic('Div', a, b),
  gradient: (g, y, [a, b]) => [() => unbroadcast(div(g, b), a), () => unbroadcast(neg(div(mul(g, y), b)), b)],
  evaluate: ([a, b], _, output) =>
    mapBinary(isFloating(output.dtype) ? (x, y) => x / y : (x, y) => Math.trunc(x / y), a, b, output),
  onnx: {},
});
