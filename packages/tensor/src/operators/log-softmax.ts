import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { normalizeAxis } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { exp } from './exp.js';
import { mul } from './mul.js';
import { sum } from './reduce-sum.js';
import { sub } from './sub.js';
import { inferFloating } from './families/elementwise.js';
import { mapLines } from './families/reduction.js';

/**
 * log(softmax(x)) along `axis`, exact where softmax itself would round to 0: log-probabilities from logits.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`); a negative axis counts from the end (`GANYMEDE_AXIS`). ONNX:
 * [LogSoftmax-13](https://onnx.ai/onnx/operators/onnx__LogSoftmax.html).
 */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return makeTensor(logSoftmaxOperator, [x], { axis: normalizeAxis(axis, x.shape, site('LogSoftmax')) });
}

function logSoftmaxLine(from: Float64Array, to: Float64Array): void {
  let largest = -Infinity;
  for (const x of from) largest = Math.max(largest, x);
  let total = 0;
  for (const x of from) total += Math.exp(x - largest);
  const shift = largest + Math.log(total);
  for (let i = 0; i < from.length; i++) to[i] = (from[i] as number) - shift;
}

export const logSoftmaxOperator = defineOperator<{ readonly axis: number }, Unary>({
  name: 'LogSoftmax',
  infer: ([x]) => inferFloating('LogSoftmax', x),
  gradient: (g, y, _, { axis }) => [sub(g, mul(exp(y), sum(g, axis, true)))],
  evaluate: ([x], { axis }, output) => mapLines(logSoftmaxLine, x, axis, output),
  onnx: { attributes: { axis: 'int' }, decode: ([x], { axis = -1 }) => logSoftmax(x, axis) },
});
