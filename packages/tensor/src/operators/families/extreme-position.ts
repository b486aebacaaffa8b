import { defineOperator, type Operator, type Unary } from '../../operator.js';
import { site } from '../../scope.js';
import { normalizeAxis } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { requireNumeric } from './elementwise.js';
import { reduce, reducedShape, refuseEmpty } from './reduction.js';

type ExtremeAttributes = {
  readonly axis: number;
  readonly keepdims: 0 | 1;
  readonly select_last_index: 0 | 1;
};

/** Attributes of ArgMax and ArgMin. `GANYMEDE_AXIS` for an axis that `x` does not have. */
export const extremeAttributes = (
  operator: string,
  x: Tensor,
  axis: number,
  keepDims: boolean,
  selectLast: boolean,
): ExtremeAttributes => ({
  axis: normalizeAxis(axis, x.shape, site(operator)),
  keepdims: keepDims ? 1 : 0,
  select_last_index: selectLast ? 1 : 0,
});

/** ArgMax or ArgMin: the place of the element that goes `before` all others, the first or the last of equal ones. */
export function extremePosition(
  name: 'ArgMax' | 'ArgMin',
  before: (x: number, y: number) => boolean,
  make: (x: Tensor, axis: number, keepDims: boolean, selectLast: boolean) => Tensor,
): Operator<ExtremeAttributes, Unary> {
  const position = (numbers: ArrayLike<number>, start: number, end: number, last: boolean): number => {
    let best = start;
    for (let i = start + 1; i < end; i++) {
      const [x, y] = [numbers[i] as number, numbers[best] as number];
      if (before(x, y) || (last && x === y)) best = i;
    }
    return best - start;
  };
  return defineOperator<ExtremeAttributes, Unary>({
    name,
    infer: ([x], { axis, keepdims }) => {
      requireNumeric(name, x);
      refuseEmpty(name, x, [axis]);
      return { dtype: 'int64', shape: reducedShape(x.shape, { axes: [axis], keepdims }) };
    },
    gradient: () => [null],
    evaluate: ([x], { axis, select_last_index }, output) =>
      reduce(
        (numbers, start, end) => position(numbers, start, end, select_last_index === 1),
        x,
        [axis],
        output,
      ),
    onnx: {
      attributes: { axis: 'int', keepdims: 'int', select_last_index: 'int' },
      decode: ([x], { axis = 0, keepdims = 1, select_last_index = 0 }) =>
        make(x, axis, keepdims === 1, select_last_index === 1),
    },
  });
}
