import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { normalizeAxis } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { requireNumeric } from './families/elementwise.js';
import { reduce, reducedShape } from './families/reduction.js';

/**
 * Position along `axis` of the smallest element, the first of several; int64, not differentiable.
 *
 * Any dtype but bool (`GANYMEDE_DTYPE`); a negative axis counts from the end (`GANYMEDE_AXIS`). ONNX:
 * [ArgMin-13](https://onnx.ai/onnx/operators/onnx__ArgMin.html).
 */
export function argMin(x: Tensor, axis = -1, keepDims = false): Tensor {
  return makeTensor(argMinOperator, [x], {
    axis: normalizeAxis(axis, x.rank, site('ArgMin')),
    keepdims: keepDims ? 1 : 0,
  });
}

function position(numbers: ArrayLike<number>, start: number, end: number): number {
  let best = start;
  for (let i = start + 1; i < end; i++) if ((numbers[i] as number) < (numbers[best] as number)) best = i;
  return best - start;
}

export const argMinOperator = defineOperator<{ readonly axis: number; readonly keepdims: 0 | 1 }, Unary>({
  name: 'ArgMin',
  infer: ([x], { axis, keepdims }) => {
    requireNumeric('ArgMin', x);
    return { dtype: 'int64', shape: reducedShape(x.shape, { axes: [axis], keepdims }) };
  },
  gradient: () => [null],
  evaluate: ([x], { axis }, output) => reduce(position, x, [axis], output),
  onnx: {
    attributes: { axis: 'int', keepdims: 'int' },
    fixed: { select_last_index: 0 },
    decode: ([x], { axis = 0, keepdims = 1 }) => argMin(x, axis, keepdims === 1),
  },
});
