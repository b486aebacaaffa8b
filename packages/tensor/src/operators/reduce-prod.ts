import { defineOperator, type Unary } from '../operator.js';
import { sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { value } from '../value.js';
import { constant } from './constant.js';
import { expand } from './expand.js';
import { mul } from './mul.js';
import { reshape } from './reshape.js';
import { transpose } from './transpose.js';
import { unsqueeze } from './unsqueeze.js';
import { where } from './where.js';
import { requireNumeric } from './families/elementwise.js';
import { inferReduction, type ReductionAttributes, reduce } from './families/reduction.js';
import { makeReduction, restoreAxes } from './families/reduction-function.js';

/**
 * Product over `axes` (default: all of them), which disappear or, with `keepDims`, stay as size 1.
 *
 * Any dtype but bool (`GANYMEDE_DTYPE`); negative axes count from the end (`GANYMEDE_AXIS`). The gradient is right where
 * factors are 0, too: it multiplies all other factors, which takes memory quadratic in their number. ONNX:
 * [ReduceProd-13](https://onnx.ai/onnx/operators/onnx__ReduceProd.html).
 */
export function prod(x: Tensor, axes?: number | readonly number[], keepDims = false): Tensor {
  return makeReduction(reduceProdOperator, x, axes, keepDims);
}

function product(numbers: ArrayLike<number>, start: number, end: number): number {
  let result = 1;
  for (let i = start; i < end; i++) result *= numbers[i] as number;
  return result;
}

/** For each element of `x`, the product of the other elements of its group. */
function productOfOthers(x: Tensor, axes: readonly number[]): Tensor {
  const kept = x.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const order = [...kept, ...axes];
  const keptShape = kept.map((i) => x.shape[i] ?? 1);
  const axesShape = axes.map((i) => x.shape[i] ?? 1);
  const n = sizeOf(axesShape);
  const diagonal = new Uint8Array(n * n);
  for (let i = 0; i < n; i++) diagonal[i * n + i] = 1;
  const rows = unsqueeze(reshape(transpose(x, order), [...keptShape, n]), [kept.length]);
  const others = where(constant(value('bool', [n, n], diagonal)), 1, expand(rows, [...keptShape, n, n]));
  const products = reshape(prod(others, [kept.length + 1]), [...keptShape, ...axesShape]);
  return transpose(
    products,
    order.map((_, i) => order.indexOf(i)),
  );
}

export const reduceProdOperator = defineOperator<ReductionAttributes, Unary>({
  name: 'ReduceProd',
  infer: ([x], attributes) => {
    requireNumeric('ReduceProd', x);
    return inferReduction(x, attributes);
  },
  gradient: (g, _, [x], attributes) => [mul(restoreAxes(g, attributes), productOfOthers(x, attributes.axes))],
  evaluate: ([x], { axes }, output) => reduce(product, x, axes, output),
  onnx: {
    attributes: { axes: 'ints', keepdims: 'int' },
    decode: ([x], { axes, keepdims = 1 }) => prod(x, axes, keepdims === 1),
  },
});
