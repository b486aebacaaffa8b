import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { type Dim, normalizeAxes, type Shape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { squeeze } from './squeeze.js';

/**
 * Inserts axes of size 1, so that they lie at the given places of the result.
 *
 * Negative axes count from the end of the result (`GANYMEDE_AXIS`). ONNX:
 * [Unsqueeze-13](https://onnx.ai/onnx/operators/onnx__Unsqueeze.html).
 */
export function unsqueeze(x: Tensor, axes: number | readonly number[]): Tensor {
  const added = typeof axes === 'number' ? 1 : axes.length;
  const normalized = normalizeAxes(axes, x.rank + added, site('Unsqueeze'));
  return added === 0 ? x : makeTensor(unsqueezeOperator, [x], { axes: normalized });
}

function insertOnes(shape: Shape, axes: readonly number[]): Shape {
  const rest = [...shape];
  return Array.from(
    { length: shape.length + axes.length },
    (_, i): Dim => (axes.includes(i) ? 1 : (rest.shift() ?? 1)),
  );
}

export const unsqueezeOperator = defineOperator<{ readonly axes: readonly number[] }, Unary>({
  name: 'Unsqueeze',
  infer: ([x], { axes }) => ({ dtype: x.dtype, shape: insertOnes(x.shape, axes) }),
  gradient: (g, _, __, { axes }) => [squeeze(g, axes)],
  evaluate: ([x]) => x.data,
  onnx: {
    operands: [{ name: 'axes', kind: 'ints' }],
    decode: ([x], { axes = [] }) => unsqueeze(x, axes),
  },
});
