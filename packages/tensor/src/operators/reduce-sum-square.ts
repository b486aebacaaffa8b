import { defineOperator, type Unary } from '../operator.js';
import type { Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { requireNumeric } from './families/elementwise.js';
import { inferReduction, type ReductionAttributes, reduce } from './families/reduction.js';
import { makeReduction, restoreAxes } from './families/reduction-function.js';

/**
 * Sum of squares over `axes` (default: all of them), which disappear or, with `keepDims`, stay as size 1.
 *
 * Any dtype but bool (`GANYMEDE_DTYPE`); negative axes count from the end (`GANYMEDE_AXIS`). ONNX:
 * [ReduceSumSquare-13](https://onnx.ai/onnx/operators/onnx__ReduceSumSquare.html).
 */
export function sumSquare(x: Tensor, axes?: number | readonly number[], keepDims = false): Tensor {
  return makeReduction(reduceSumSquareOperator, x, axes, keepDims);
}

function squareTotal(numbers: ArrayLike<number>, start: number, end: number): number {
  let result = 0;
  for (let i = start; i < end; i++) result += (numbers[i] as number) ** 2;
  return result;
}

export const reduceSumSquareOperator = defineOperator<ReductionAttributes, Unary>({
  name: 'ReduceSumSquare',
  infer: ([x], attributes) => {
    requireNumeric('ReduceSumSquare', x);
    return inferReduction(x, attributes);
  },
  gradient: (g, _, [x], attributes) => [mul(mul(restoreAxes(g, attributes), 2), x)],
  evaluate: ([x], { axes }, output) => reduce(squareTotal, x, axes, output),
  onnx: {
    attributes: { axes: 'ints', keepdims: 'int' },
    decode: ([x], { axes, keepdims = 1 }) => sumSquare(x, axes, keepdims === 1),
  },
});
