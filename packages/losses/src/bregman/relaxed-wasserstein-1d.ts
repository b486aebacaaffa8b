import { GanymedeError, sizeOf, type Tensor } from '@ganymede/tensor';
import { bregmanCost } from './bregman-cost.js';
import type { BregmanFunction } from './bregman-function.js';
import { sorted } from './sorted.js';

/**
 * The relaxed Wasserstein divergence (Guo et al. 2017) between two equally large samples on the line, exactly: the least mean
 * Bregman cost D_φ(x, y) over all pairings, which for increasing φ′ pairs them in order. `x` and `y` have one number per sample,
 * any shape; differentiable for both. φ = ½x² gives half the squared 2-Wasserstein distance.
 *
 * @throws `GANYMEDE_SHAPE`
 */
export function relaxedWasserstein1d(x: Tensor, y: Tensor, phi: BregmanFunction): Tensor {
  if (sizeOf(x.shape) !== sizeOf(y.shape)) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `relaxedWasserstein1d pairs samples, but has ${sizeOf(x.shape)} and ${sizeOf(y.shape)} of them`,
      hint: 'use batches of one size',
    });
  }
  return bregmanCost(sorted(x.reshape([-1])), sorted(y.reshape([-1])), phi).mean();
}
