import { site } from '../scope.js';
import { normalizeAxes } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { slice } from './slice.js';

/**
 * The elements in reverse order along `axes` (default: all of them): a mirrored image. Composite: a slice with steps of -1.
 *
 * Any dtype; negative axes count from the end (`GANYMEDE_AXIS`).
 */
export function reverse(x: Tensor, axes?: number | readonly number[]): Tensor {
  const list = normalizeAxes(axes, x.shape, site('reverse'));
  return slice(x, {
    axes: list,
    starts: list.map(() => -1),
    ends: list.map(() => -Infinity),
    steps: list.map(() => -1),
  });
}
