import { site } from '../scope.js';
import { normalizeAxis } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { div } from './div.js';
import { maximum } from './maximum.js';
import { l2Norm } from './reduce-l2.js';

/**
 * `x` over its Euclidean length along `axis`: directions, for cosine similarity. Composite.
 *
 * A length below `epsilon` counts as `epsilon`, so that zeros stay zeros. float32 or float64 (`GANYMEDE_DTYPE`); a negative axis
 * counts from the end (`GANYMEDE_AXIS`).
 */
export function l2Normalize(x: Tensor, axis = -1, epsilon = 1e-12): Tensor {
  return div(x, maximum(l2Norm(x, normalizeAxis(axis, x.shape, site('l2Normalize')), true), epsilon));
}
