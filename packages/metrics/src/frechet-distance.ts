import { GanymedeError } from '@ganymede/tensor';
import { congruence } from './compute/congruence.js';
import { semidefiniteCholesky } from './compute/semidefinite-cholesky.js';
import { symmetricEigenvalues } from './compute/symmetric-eigenvalues.js';
import { covarianceOf, type Moments } from './moments.js';

/** A normal distribution: mean, and covariance row-major. */
export interface Gaussian {
  readonly mean: ArrayLike<number>;
  readonly covariance: ArrayLike<number>;
}

/** The normal distribution with the mean and the unbiased covariance of the rows seen. */
export const gaussianOf = (moments: Moments): Gaussian => ({
  mean: moments.mean,
  covariance: covarianceOf(moments),
});

/** Averages a matrix with its transpose: rounding must not make anything see an unsymmetric matrix. */
function symmetric(entries: ArrayLike<number>, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const x = ((entries[i * size + j] as number) + (entries[j * size + i] as number)) / 2;
      out[i * size + j] = x;
      out[j * size + i] = x;
    }
  }
  return out;
}

function traceOf(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += matrix[i * size + i]!;
  return sum;
}

/**
 * The squared Fréchet (2-Wasserstein) distance of two normal distributions,
 * `|m1 - m2|² + tr(C1 + C2 - 2 (C1 C2)^(1/2))` (Dowson, Landau 1982; FID: Heusel et al. 2017, eq. 6).
 *
 * The trace of the root is taken of `Lᵀ C2 L` with `C1 = L Lᵀ`, which has the eigenvalues of `C1 C2` and is symmetric, so singular
 * covariances need no added epsilon and no complex root appears. In float64; seconds at 2048 features. At least 0 up to
 * rounding, never negative. Throws `GANYMEDE_FEATURE_SIZE` for distributions of different dimensions.
 */
export function frechetDistance(a: Gaussian, b: Gaussian): number {
  const size = a.mean.length;
  if (b.mean.length !== size || [a, b].some(({ covariance }) => covariance.length !== size * size)) {
    throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
      message: `expected two normal distributions of one dimension, got means of ${size} and ${b.mean.length}, covariances of ${a.covariance.length} and ${b.covariance.length} numbers`,
      hint: 'both sets of samples must go through the same feature network',
    });
  }
  const c1 = symmetric(a.covariance, size);
  const c2 = symmetric(b.covariance, size);
  const factor = semidefiniteCholesky(c1, size);
  let overlap = 0;
  for (const x of symmetricEigenvalues(congruence(factor, c2), factor.rank)) {
    // Those a rounding error below zero count as zero.
    if (x > 0) overlap += Math.sqrt(x);
  }
  let shift = 0;
  for (let i = 0; i < size; i++) shift += ((a.mean[i] as number) - (b.mean[i] as number)) ** 2;
  return Math.max(shift + traceOf(c1, size) + traceOf(c2, size) - 2 * overlap, 0);
}
