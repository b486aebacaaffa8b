import { defineOperator, type Unary } from '../operator.js';
import type { Tensor } from '../tensor.js';
import { cast } from './cast.js';
import { div } from './div.js';
import { equal } from './equal.js';
import { mul } from './mul.js';
import { sum } from './reduce-sum.js';
import { requireNumeric } from './families/elementwise.js';
import { inferReduction, type ReductionAttributes, reduce, refuseEmpty } from './families/reduction.js';
import { makeReduction, restoreAxes } from './families/reduction-function.js';

/**
 * Largest element over `axes` (default: all of them), which disappear or, with `keepDims`, stay as size 1.
 *
 * Any dtype but bool (`GANYMEDE_DTYPE`), at least one element (`GANYMEDE_SHAPE`); negative axes count from the end (`GANYMEDE_AXIS`). Elements equal to the
 * largest share the gradient evenly. ONNX: [ReduceMax-13](https://onnx.ai/onnx/operators/onnx__ReduceMax.html).
 */
export function max(x: Tensor, axes?: number | readonly number[], keepDims = false): Tensor {
  return makeReduction(reduceMaxOperator, x, axes, keepDims);
}

function largest(numbers: ArrayLike<number>, start: number, end: number): number {
  let result = numbers[start] as number;
  for (let i = start + 1; i < end; i++) {
    const x = numbers[i] as number;
    if (x > result || Number.isNaN(x)) result = x;
  }
  return result;
}

export const reduceMaxOperator = defineOperator<ReductionAttributes, Unary>({
  name: 'ReduceMax',
  infer: ([x], attributes) => {
    requireNumeric('ReduceMax', x);
    refuseEmpty('ReduceMax', x, attributes.axes);
    return inferReduction(x, attributes);
  },
  gradient: (g, y, [x], attributes) => {
    const chosen = cast(equal(x, restoreAxes(y, attributes)), g.dtype);
    const share = div(restoreAxes(g, attributes), sum(chosen, attributes.axes, true));
    return [mul(chosen, share)];
  },
  evaluate: ([x], { axes }, output) => reduce(largest, x, axes, output),
  onnx: {
    attributes: { axes: 'ints', keepdims: 'int' },
    decode: ([x], { axes, keepdims = 1 }) => max(x, axes, keepdims === 1),
  },
});
