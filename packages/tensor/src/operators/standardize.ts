import type { Tensor } from '../tensor.js';
import { add } from './add.js';
import { mul } from './mul.js';
import { reciprocal } from './reciprocal.js';
import { mean } from './reduce-mean.js';
import { sqrt } from './sqrt.js';
import { sub } from './sub.js';

/**
 * `x` with mean 0 and variance 1 over `axes`: what all normalizations begin with. (x − mean) / √(variance + epsilon), by the biased
 * variance.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`); negative axes count from the end (`GANYMEDE_AXIS`). Composite. It multiplies by the reciprocal of the
 * small tensor of deviations, so that the gradient has few operators of `x`'s size.
 */
export function standardize(x: Tensor, axes?: number | readonly number[], epsilon = 1e-5): Tensor {
  const centred = sub(x, mean(x, axes, true));
  const variance = mean(mul(centred, centred), axes, true);
  return mul(centred, reciprocal(sqrt(add(variance, epsilon))));
}
