import { GanymedeError } from '../error.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { formatShape, normalizeAxes } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { unsqueeze } from './unsqueeze.js';

/**
 * Removes axes of size 1: the given ones, or all of them.
 *
 * Each must have size 1 (`GANYMEDE_SHAPE`) and exist (`GANYMEDE_AXIS`). ONNX:
 * [Squeeze-13](https://onnx.ai/onnx/operators/onnx__Squeeze.html).
 */
export function squeeze(x: Tensor, axes?: number | readonly number[]): Tensor {
  const removed =
    axes === undefined
      ? x.shape.flatMap((d, i) => (d === 1 ? [i] : []))
      : normalizeAxes(axes, x.shape, site('Squeeze'));
  return removed.length === 0 ? x : makeTensor(squeezeOperator, [x], { axes: removed });
}

export const squeezeOperator = defineOperator<{ readonly axes: readonly number[] }, Unary>({
  name: 'Squeeze',
  infer: ([x], { axes }) => {
    for (const axis of axes) {
      if (x.shape[axis] !== 1) {
        throw new GanymedeError('GANYMEDE_SHAPE', {
          message: `${site('Squeeze')}: axis ${axis} of ${formatShape(x.shape)} has size ${x.shape[axis]}, not 1`,
        });
      }
    }
    return { dtype: x.dtype, shape: x.shape.filter((_, i) => !axes.includes(i)) };
  },
  gradient: (g, _, __, { axes }) => [unsqueeze(g, axes)],
  evaluate: ([x]) => x.data,
  onnx: {
    operands: [{ name: 'axes', kind: 'ints' }],
    decode: ([x], { axes }) => squeeze(x, axes),
  },
});
