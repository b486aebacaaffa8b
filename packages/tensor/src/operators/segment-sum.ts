import { GanymedeError } from '../error.js';
import { site } from '../scope.js';
import { formatShape, sameShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { zeros } from './full.js';
import { scatterND } from './scatter-nd.js';
import { unsqueeze } from './unsqueeze.js';

/**
 * Sums of the rows of `x` that belong together: row `i` is added to row `segments[i]` of the result, which has `count` rows.
 * Neighbours in a graph, words of a sentence. Composite: scatterND.
 *
 * `segments` are the leading axes of `x` (`GANYMEDE_SHAPE`), int32 or int64 (`GANYMEDE_DTYPE`), in any order; a segment that
 * never occurs is 0.
 */
export function segmentSum(x: Tensor, segments: Tensor, count: number): Tensor {
  return scatterND(
    zeros([count, ...rowShape('segmentSum', x, segments)], x.dtype),
    unsqueeze(segments, segments.rank),
    x,
    'add',
  );
}

/** The shape of what `segments` assigns to a segment (`GANYMEDE_SHAPE` if it does not number the leading axes of `x`). */
export function rowShape(operator: string, x: Tensor, segments: Tensor): Tensor['shape'] {
  if (segments.rank > 0 && sameShape(segments.shape, x.shape.slice(0, segments.rank)))
    return x.shape.slice(segments.rank);
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${site(operator)}: segments ${formatShape(segments.shape)} do not number the rows of ${formatShape(x.shape)}`,
    hint: 'give one segment number for each row',
  });
}
