import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Nearest integer of each element, halves to the even neighbour. Its derivative is 0 everywhere.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX: [Round-11](https://onnx.ai/onnx/operators/onnx__Round.html).
 */
export function round(x: Tensor): Tensor {
  return makeTensor(roundOperator, [x], {});
}

function roundHalfToEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

export const roundOperator = defineOperator<NoAttributes, Unary>({
  name: 'Round',
  infer: ([x]) => inferFloating('Round', x),
  gradient: () => [null],
  evaluate: ([x], _, output) => mapUnary(roundHalfToEven, x, output),
  onnx: {},
});
