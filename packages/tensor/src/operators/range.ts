import type { Dtype } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { site } from '../scope.js';
import type { Tensor } from '../tensor.js';
import { valueOf } from '../value.js';
import { constant } from './constant.js';
import { lift } from './families/operands.js';

/**
 * `start, start + step, …` up to but excluding `end`, as a constant of one dimension: positions, indices. Composite.
 *
 * The step is not 0 (`GANYMEDE_SHAPE`); an end that is not ahead of the start gives no elements. Fractions need a floating
 * dtype (`GANYMEDE_DTYPE`). ONNX files with a Range of constants are read as this.
 */
export function range(start: number, end: number, step = 1, dtype: Dtype = 'float32'): Tensor {
  const count = Math.ceil((end - start) / step);
  if (step === 0 || !Number.isFinite(count)) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('range')}: ${start} to ${end} in steps of ${step} has no number of elements`,
    });
  }
  for (const x of [start, step]) lift('range', x, dtype);
  return constant(
    valueOf(
      Array.from({ length: Math.max(0, count) }, (_, i) => start + i * step),
      undefined,
      dtype,
    ),
  );
}
