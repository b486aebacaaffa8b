import { GanymedeError } from '../error.js';
import { site } from '../scope.js';
import { formatShape, normalizeAxis } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { sliceAxis } from './slice.js';

/**
 * Cuts `x` along `axis` into parts of the given sizes, or into that many equal parts. Composite: one slice per part.
 *
 * The sizes must add up to the axis (`GANYMEDE_SHAPE`).
 */
export function split(x: Tensor, sizes: number | readonly number[], axis = 0): Tensor[] {
  const normalized = normalizeAxis(axis, x.shape, site('split'));
  const d = x.shape[normalized] ?? 1;
  const list = typeof sizes === 'number' ? new Array<number>(sizes).fill(Number(d) / sizes) : sizes;
  if (list.reduce((a, b) => a + b, 0) !== d || list.some((n) => !Number.isInteger(n))) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('split')}: sizes [${list.join(', ')}] do not add up to axis ${normalized} of ${formatShape(x.shape)}`,
    });
  }
  let end = 0;
  return list.map((size) => {
    const start = end;
    end += size;
    return sliceAxis(x, normalized, start, end);
  });
}
