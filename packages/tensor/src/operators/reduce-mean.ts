import { defineOperator, type Unary } from '../operator.js';
import { productOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { div } from './div.js';
import { expand } from './expand.js';
import { ones } from './full.js';
import { mul } from './mul.js';
import { sum } from './reduce-sum.js';
import { requireFloating } from './families/elementwise.js';
import { inferReduction, type ReductionAttributes, reduce } from './families/reduction.js';
import { makeReduction, restoreAxes } from './families/reduction-function.js';

/**
 * Mean over `axes` (default: all of them), which disappear or, with `keepDims`, stay as size 1.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`); negative axes count from the end (`GANYMEDE_AXIS`). ONNX:
 * [ReduceMean-13](https://onnx.ai/onnx/operators/onnx__ReduceMean.html).
 */
export function mean(x: Tensor, axes?: number | readonly number[], keepDims = false): Tensor {
  return makeReduction(reduceMeanOperator, x, axes, keepDims);
}

function average(numbers: ArrayLike<number>, start: number, end: number): number {
  let result = 0;
  for (let i = start; i < end; i++) result += numbers[i] as number;
  return result / (end - start);
}

/** `g` over the number of elements averaged, which the graph counts itself where a dimension is named. */
function overCount(g: Tensor, x: Tensor, axes: readonly number[]): Tensor {
  const counted = axes.map((axis) => x.shape[axis] ?? 1);
  const count = productOf(counted);
  return typeof count === 'number' ? mul(g, 1 / count) : div(g, sum(ones(counted, g.dtype)));
}

export const reduceMeanOperator = defineOperator<ReductionAttributes, Unary>({
  name: 'ReduceMean',
  infer: ([x], attributes) => {
    requireFloating('ReduceMean', x);
    return inferReduction(x, attributes);
  },
  gradient: (g, _, [x], attributes) => [
    expand(restoreAxes(overCount(g, x, attributes.axes), attributes), x.shape),
  ],
  evaluate: ([x], { axes }, output) => reduce(average, x, axes, output),
  onnx: {
    attributes: { axes: 'ints', keepdims: 'int' },
    decode: ([x], { axes, keepdims = 1 }) => mean(x, axes, keepdims === 1),
  },
});
