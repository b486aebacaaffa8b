import { defineOperator, type Unary } from '../operator.js';
import type { Tensor } from '../tensor.js';
import { expand } from './expand.js';
import { requireNumeric } from './families/elementwise.js';
import { inferReduction, type ReductionAttributes, reduce } from './families/reduction.js';
import { makeReduction, restoreAxes } from './families/reduction-function.js';

/**
 * Sum over `axes` (default: all of them), which disappear or, with `keepDims`, stay as size 1.
 *
 * Any dtype but bool (`GANYMEDE_DTYPE`); negative axes count from the end (`GANYMEDE_AXIS`). ONNX:
 * [ReduceSum-13](https://onnx.ai/onnx/operators/onnx__ReduceSum.html).
 */
export function sum(x: Tensor, axes?: number | readonly number[], keepDims = false): Tensor {
  return makeReduction(reduceSumOperator, x, axes, keepDims);
}

function total(numbers: ArrayLike<number>, start: number, end: number): number {
  let result = 0;
  for (let i = start; i < end; i++) result += numbers[i] as number;
  return result;
}

export const reduceSumOperator = defineOperator<ReductionAttributes, Unary>({
  name: 'ReduceSum',
  infer: ([x], attributes) => {
    requireNumeric('ReduceSum', x);
    return inferReduction(x, attributes);
  },
  gradient: (g, _, [x], attributes) => [expand(restoreAxes(g, attributes), x.shape)],
  evaluate: ([x], { axes }, output) => reduce(total, x, axes, output),
  onnx: {
    accepted: { noop_with_empty_axes: 0 },
    attributes: { keepdims: 'int' },
    operands: [{ name: 'axes', kind: 'ints' }],
    decode: ([x], { axes, keepdims = 1 }) => sum(x, axes, keepdims === 1),
  },
});
