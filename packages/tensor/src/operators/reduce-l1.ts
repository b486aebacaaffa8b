import { defineOperator, type Unary } from '../operator.js';
import type { Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { sign } from './sign.js';
import { requireNumeric } from './families/elementwise.js';
import { inferReduction, type ReductionAttributes, reduce } from './families/reduction.js';
import { makeReduction, restoreAxes } from './families/reduction-function.js';

/**
 * Sum of absolute values over `axes` (default: all of them), which disappear or, with `keepDims`, stay as size 1.
 *
 * Any dtype but bool (`GANYMEDE_DTYPE`); negative axes count from the end (`GANYMEDE_AXIS`). ONNX:
 * [ReduceL1-13](https://onnx.ai/onnx/operators/onnx__ReduceL1.html).
 */
export function l1Norm(x: Tensor, axes?: number | readonly number[], keepDims = false): Tensor {
  return makeReduction(reduceL1Operator, x, axes, keepDims);
}

function absoluteTotal(numbers: ArrayLike<number>, start: number, end: number): number {
  let result = 0;
  for (let i = start; i < end; i++) result += Math.abs(numbers[i] as number);
  return result;
}

export const reduceL1Operator = defineOperator<ReductionAttributes, Unary>({
  name: 'ReduceL1',
  infer: ([x], attributes) => {
    requireNumeric('ReduceL1', x);
    return inferReduction(x, attributes);
  },
  gradient: (g, _, [x], attributes) => [mul(restoreAxes(g, attributes), sign(x))],
  evaluate: ([x], { axes }, output) => reduce(absoluteTotal, x, axes, output),
  onnx: {
    attributes: { axes: 'ints', keepdims: 'int' },
    decode: ([x], { axes, keepdims = 1 }) => l1Norm(x, axes, keepdims === 1),
  },
});
