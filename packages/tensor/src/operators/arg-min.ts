import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { normalizeAxis } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { requireNumeric } from './families/elementwise.js';
import { reduce, reducedShape, refuseEmpty } from './families/reduction.js';

/**
 * Position along `axis` of the smallest element, the first of several, or the last with `selectLast`; int64, not
 * differentiable.
 *
 * Any dtype but bool (`GANYMEDE_DTYPE`), at least one element (`GANYMEDE_SHAPE`); a negative axis counts from the end (`GANYMEDE_AXIS`). ONNX:
 * [ArgMin-13](https://onnx.ai/onnx/operators/onnx__ArgMin.html).
 */
export function argMin(x: Tensor, axis = -1, keepDims = false, selectLast = false): Tensor {
  return makeTensor(argMinOperator, [x], {
    axis: normalizeAxis(axis, x.shape, site('ArgMin')),
    keepdims: keepDims ? 1 : 0,
    select_last_index: selectLast ? 1 : 0,
  });
}

function position(numbers: ArrayLike<number>, start: number, end: number): number {
  let best = start;
  for (let i = start + 1; i < end; i++) if ((numbers[i] as number) < (numbers[best] as number)) best = i;
  return best - start;
}

function lastPosition(numbers: ArrayLike<number>, start: number, end: number): number {
  let best = start;
  for (let i = start + 1; i < end; i++) if ((numbers[i] as number) <= (numbers[best] as number)) best = i;
  return best - start;
}

type ArgMinAttributes = {
  readonly axis: number;
  readonly keepdims: 0 | 1;
  readonly select_last_index: 0 | 1;
};

export const argMinOperator = defineOperator<ArgMinAttributes, Unary>({
  name: 'ArgMin',
  infer: ([x], { axis, keepdims }) => {
    requireNumeric('ArgMin', x);
    refuseEmpty('ArgMin', x, [axis]);
    return { dtype: 'int64', shape: reducedShape(x.shape, { axes: [axis], keepdims }) };
  },
  gradient: () => [null],
  evaluate: ([x], { axis, select_last_index }, output) =>
    reduce(select_last_index === 1 ? lastPosition : position, x, [axis], output),
  onnx: {
    attributes: { axis: 'int', keepdims: 'int', select_last_index: 'int' },
    decode: ([x], { axis = 0, keepdims = 1, select_last_index = 0 }) =>
      argMin(x, axis, keepdims === 1, select_last_index === 1),
  },
});
