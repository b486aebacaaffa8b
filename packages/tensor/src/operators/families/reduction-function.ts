import type { Operator, Unary } from '../../operator.js';
import { site } from '../../scope.js';
import { normalizeAxes } from '../../shape.js';
import { makeTensor, type Tensor } from '../../tensor.js';
import { unsqueeze } from '../unsqueeze.js';
import type { ReductionAttributes } from './reduction.js';

/** What every reduction's public function does: normalise the axes; with none to reduce, `x` is the result. */
export function makeReduction(
  operator: Operator<ReductionAttributes, Unary>,
  x: Tensor,
  axes: number | readonly number[] | undefined,
  keepDims: boolean,
): Tensor {
  const normalized = normalizeAxes(axes, x.shape, site(operator.name));
  if (normalized.length === 0) return x;
  return makeTensor(operator, [x], { axes: normalized, keepdims: keepDims ? 1 : 0 });
}

/** Gives a reduced tensor its reduced axes back, as size 1, so that it broadcasts against the reduction's input. */
export const restoreAxes = (y: Tensor, { axes, keepdims }: ReductionAttributes): Tensor =>
  keepdims === 1 ? y : unsqueeze(y, axes);
