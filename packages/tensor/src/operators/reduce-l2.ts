import { defineOperator, type Unary } from '../operator.js';
import type { Tensor } from '../tensor.js';
import { div } from './div.js';
import { equal } from './equal.js';
import { mul } from './mul.js';
import { where } from './where.js';
import { requireFloating } from './families/elementwise.js';
import { inferReduction, type ReductionAttributes, reduce } from './families/reduction.js';
import { makeReduction, restoreAxes } from './families/reduction-function.js';

/**
 * Square root of the sum of squares over `axes` (default: all of them), which disappear or, with `keepDims`, stay as size 1.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`); negative axes count from the end (`GANYMEDE_AXIS`). The derivative of a norm of 0 is taken as 0. ONNX:
 * [ReduceL2-13](https://onnx.ai/onnx/operators/onnx__ReduceL2.html).
 */
export function l2Norm(x: Tensor, axes?: number | readonly number[], keepDims = false): Tensor {
  return makeReduction(reduceL2Operator, x, axes, keepDims);
}

function euclidean(numbers: ArrayLike<number>, start: number, end: number): number {
  let result = 0;
  for (let i = start; i < end; i++) result += (numbers[i] as number) ** 2;
  return Math.sqrt(result);
}

export const reduceL2Operator = defineOperator<ReductionAttributes, Unary>({
  name: 'ReduceL2',
  infer: ([x], attributes) => {
    requireFloating('ReduceL2', x);
    return inferReduction(x, attributes);
  },
  gradient: (g, y, [x], attributes) => {
    const norm = restoreAxes(y, attributes);
    return [mul(restoreAxes(g, attributes), div(x, where(equal(norm, 0), 1, norm)))];
  },
  evaluate: ([x], { axes }, output) => reduce(euclidean, x, axes, output),
  onnx: {
    attributes: { axes: 'ints', keepdims: 'int' },
    decode: ([x], { axes, keepdims = 1 }) => l2Norm(x, axes, keepdims === 1),
  },
});
