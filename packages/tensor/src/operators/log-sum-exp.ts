import { site } from '../scope.js';
import { normalizeAxes } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { add } from './add.js';
import { clip } from './clip.js';
import { exp } from './exp.js';
import { log } from './log.js';
import { max } from './reduce-max.js';
import { sum } from './reduce-sum.js';
import { squeeze } from './squeeze.js';
import { stopGradient } from './stop-gradient.js';
import { sub } from './sub.js';

/** Largest float32: keeps the shift finite, as infinity minus infinity would be NaN. */
const LARGEST = 3.4028234663852886e38;

/**
 * log of the sum of exp over `axes` (default: all of them), without overflow. Composite.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`); negative axes count from the end (`GANYMEDE_AXIS`).
 */
export function logSumExp(x: Tensor, axes?: number | readonly number[], keepDims = false): Tensor {
  const reduced = normalizeAxes(axes, x.shape, site('logSumExp'));
  // The shift cancels out, so that it may be taken for a constant by differentiation.
  const shift = clip(stopGradient(max(x, reduced, true)), -LARGEST, LARGEST);
  const result = add(log(sum(exp(sub(x, shift)), reduced, true)), shift);
  return keepDims || reduced.length === 0 ? result : squeeze(result, reduced);
}
