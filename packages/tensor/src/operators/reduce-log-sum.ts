import { defineOperator, type Unary } from '../operator.js';
import type { Tensor } from '../tensor.js';
import { div } from './div.js';
import { expand } from './expand.js';
import { sum } from './reduce-sum.js';
import { requireFloating } from './families/elementwise.js';
import { inferReduction, type ReductionAttributes, reduce } from './families/reduction.js';
import { makeReduction, restoreAxes } from './families/reduction-function.js';

/**
 * Logarithm of the sum over `axes` (default: all of them), which disappear or, with `keepDims`, stay as size 1.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`); negative axes count from the end (`GANYMEDE_AXIS`). ONNX:
 * [ReduceLogSum-13](https://onnx.ai/onnx/operators/onnx__ReduceLogSum.html).
 */
export function logSum(x: Tensor, axes?: number | readonly number[], keepDims = false): Tensor {
  return makeReduction(reduceLogSumOperator, x, axes, keepDims);
}

function logTotal(numbers: ArrayLike<number>, start: number, end: number): number {
  let result = 0;
  for (let i = start; i < end; i++) result += numbers[i] as number;
  return Math.log(result);
}

export const reduceLogSumOperator = defineOperator<ReductionAttributes, Unary>({
  name: 'ReduceLogSum',
  infer: ([x], attributes) => {
    requireFloating('ReduceLogSum', x);
    return inferReduction(x, attributes);
  },
  gradient: (g, _, [x], attributes) => [
    expand(div(restoreAxes(g, attributes), sum(x, attributes.axes, true)), x.shape),
  ],
  evaluate: ([x], { axes }, output) => reduce(logTotal, x, axes, output),
  onnx: {
    attributes: { axes: 'ints', keepdims: 'int' },
    decode: ([x], { axes, keepdims = 1 }) => logSum(x, axes, keepdims === 1),
  },
});
