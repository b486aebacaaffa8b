import type { Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { mean } from './reduce-mean.js';
import { sub } from './sub.js';

/**
 * Mean squared distance from the mean over `axes` (default: all of them): the biased estimate that normalizers use. Composite.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`); negative axes count from the end (`GANYMEDE_AXIS`).
 */
export function variance(x: Tensor, axes?: number | readonly number[], keepDims = false): Tensor {
  const centred = sub(x, mean(x, axes, true));
  return mean(mul(centred, centred), axes, keepDims);
}
