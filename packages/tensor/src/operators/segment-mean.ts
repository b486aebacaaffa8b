import type { Tensor } from '../tensor.js';
import { div } from './div.js';
import { ones } from './full.js';
import { maximum } from './maximum.js';
import { reshape } from './reshape.js';
import { rowShape, segmentSum } from './segment-sum.js';
import { requireFloating } from './families/elementwise.js';

/**
 * Means of the rows of `x` that belong together, as {@link segmentSum} adds them; a segment that never occurs is 0. Composite.
 *
 * `x` is float32 or float64 (`GANYMEDE_DTYPE`).
 */
export function segmentMean(x: Tensor, segments: Tensor, count: number): Tensor {
  requireFloating('segmentMean', x);
  const total = segmentSum(x, segments, count);
  const members = segmentSum(ones(segments.shape, x.dtype), segments, count);
  const rows = rowShape('segmentMean', x, segments).map(() => 1);
  return div(total, reshape(maximum(members, 1), [count, ...rows]));
}
