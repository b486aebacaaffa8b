import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { normalizeAxis } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { sum } from './reduce-sum.js';
import { sub } from './sub.js';
import { inferFloating } from './families/elementwise.js';
import { mapLines } from './families/reduction.js';

/**
 * exp(x) over its sum along `axis`, without overflow: probabilities from logits.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`); a negative axis counts from the end (`GANYMEDE_AXIS`). ONNX:
 * [Softmax-13](https://onnx.ai/onnx/operators/onnx__Softmax.html).
 */
export function softmax(x: Tensor, axis = -1): Tensor {
  return makeTensor(softmaxOperator, [x], { axis: normalizeAxis(axis, x.shape, site('Softmax')) });
}

function softmaxLine(from: Float64Array, to: Float64Array): void {
  let largest = -Infinity;
  for (const x of from) largest = Math.max(largest, x);
  let total = 0;
  for (let i = 0; i < from.length; i++) total += to[i] = Math.exp((from[i] as number) - largest);
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) / total;
}

export const softmaxOperator = defineOperator<{ readonly axis: number }, Unary>({
  name: 'Softmax',
  infer: ([x]) => inferFloating('Softmax', x),
  gradient: (g, y, _, { axis }) => [mul(y, sub(g, sum(mul(g, y), axis, true)))],
  evaluate: ([x], { axis }, output) => mapLines(softmaxLine, x, axis, output),
  onnx: { attributes: { axis: 'int' }, decode: ([x], { axis = -1 }) => softmax(x, axis) },
});
