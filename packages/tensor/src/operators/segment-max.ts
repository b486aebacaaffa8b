import type { Tensor } from '../tensor.js';
import { full } from './full.js';
import { scatterND } from './scatter-nd.js';
import { rowShape } from './segment-sum.js';
import { unsqueeze } from './unsqueeze.js';
import { requireFloating } from './families/elementwise.js';

/**
 * The largest of the rows of `x` that belong together, element by element; a segment that never occurs is minus infinity.
 * Composite: scatterND, in memory of `count` times the size of `x`.
 *
 * `segments` are the leading axes of `x` (`GANYMEDE_SHAPE`), int32 or int64, and `x` is float32 or float64
 * (`GANYMEDE_DTYPE`). Equals share the gradient evenly.
 */
export function segmentMax(x: Tensor, segments: Tensor, count: number): Tensor {
  requireFloating('segmentMax', x);
  return scatterND(
    full([count, ...rowShape('segmentMax', x, segments)], -Infinity, x.dtype),
    unsqueeze(segments, segments.rank),
    x,
    'max',
  );
}
