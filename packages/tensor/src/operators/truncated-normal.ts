import { GanymedeError } from '../error.js';
import { errorFunction } from '../kernels/error-function.js';
import { site } from '../scope.js';
import type { Tensor } from '../tensor.js';
import { add } from './add.js';
import { clip } from './clip.js';
import { erfInverse } from './erf-inverse.js';
import { mul } from './mul.js';

/** Options of {@link truncatedNormal}. */
export interface TruncatedNormalOptions {
  /** Smallest result, in standard deviations. @defaultValue -2 */
  readonly low?: number;
  /** Largest result, in standard deviations. @defaultValue 2 */
  readonly high?: number;
}

/**
 * Normal numbers (mean 0, variance 1 before the cut) between two bounds, one for each element of uniform noise on [0, 1): the
 * truncation trick with a bound that is a property of the program. Composite: the inverse of the distribution function.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`); the lower bound is below the upper one (`GANYMEDE_SHAPE`). Bounds beyond 5 gain
 * nothing in float32. Scale and shift the result for another mean and deviation.
 */
export function truncatedNormal(
  uniform: Tensor,
  { low = -2, high = 2 }: TruncatedNormalOptions = {},
): Tensor {
  if (!(low < high)) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('truncatedNormal')}: expected a lower bound below the upper one, got ${low} and ${high}`,
    });
  }
  const [from, to] = [errorFunction(low * Math.SQRT1_2), errorFunction(high * Math.SQRT1_2)];
  // 1 itself, which rounding may give, has no inverse.
  const inside = 1 - 2 ** -24;
  const place = clip(add(mul(uniform, to - from), from), -inside, inside);
  return clip(mul(erfInverse(place), Math.SQRT2), low, high);
}
