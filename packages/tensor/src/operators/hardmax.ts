import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { normalizeAxis } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { inferFloating } from './families/elementwise.js';
import { mapLines, refuseEmpty } from './families/reduction.js';

/**
 * 1 at the largest element along `axis`, the first of several, and 0 elsewhere. Its derivative is 0 everywhere.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`), at least one element (`GANYMEDE_SHAPE`); a negative axis counts from the end (`GANYMEDE_AXIS`). ONNX:
 * [Hardmax-13](https://onnx.ai/onnx/operators/onnx__Hardmax.html).
 */
export function hardmax(x: Tensor, axis = -1): Tensor {
  return makeTensor(hardmaxOperator, [x], { axis: normalizeAxis(axis, x.shape, site('Hardmax')) });
}

function hardmaxLine(from: Float64Array, to: Float64Array): void {
  let best = 0;
  for (let i = 1; i < from.length; i++) if ((from[i] as number) > (from[best] as number)) best = i;
  to.fill(0);
  to[best] = 1;
}

export const hardmaxOperator = defineOperator<{ readonly axis: number }, Unary>({
  name: 'Hardmax',
  infer: ([x], { axis }) => {
    refuseEmpty('Hardmax', x, [axis]);
    return inferFloating('Hardmax', x);
  },
  gradient: () => [null],
  evaluate: ([x], { axis }, output) => mapLines(hardmaxLine, x, axis, output),
  onnx: { attributes: { axis: 'int' }, decode: ([x], { axis = -1 }) => hardmax(x, axis) },
});
