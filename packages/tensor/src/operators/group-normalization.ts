import { GanymedeError } from '../error.js';
import { site } from '../scope.js';
import { formatShape, quotientOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { perChannel, type ScaleAndShift, scaleAndShift } from './families/scale-and-shift.js';
import { reshape } from './reshape.js';
import { standardize } from './standardize.js';

/**
 * The channels of each example of `[N, C, ...]` normalized in groups of neighbours (Wu and He 2018). `scale` and `bias` are `[C]`.
 *
 * `groups` divides C (`GANYMEDE_SHAPE`); float32 or float64 (`GANYMEDE_DTYPE`). Composite of standardize: one group is layer, C groups are instance
 * normalization.
 */
export function groupNormalization(
  x: Tensor,
  groups: number,
  { epsilon = 1e-5, ...learned }: ScaleAndShift = {},
): Tensor {
  const [batch = 1, channels = 1, ...spatial] = x.shape;
  const size = quotientOf(channels, groups);
  if (size === undefined || x.rank < 2 || !Number.isInteger(groups)) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('groupNormalization')}: the channels of ${formatShape(x.shape)} do not fall into ${groups} groups`,
      hint: 'the input is [N, C, ...], and the number of groups divides C',
    });
  }
  const split = reshape(x, [batch, groups, size, ...spatial]);
  const normal = standardize(split, split.shape.map((_, i) => i).slice(2), epsilon);
  return scaleAndShift(reshape(normal, x.shape), learned, (v) => perChannel(v, x));
}
