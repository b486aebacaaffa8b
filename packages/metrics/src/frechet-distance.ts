import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
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

const squareMatrix = (entries: ArrayLike<number>, size: number): Matrix =>
  Matrix.from1DArray(size, size, Array.from(entries));

/** Averages a matrix with its transpose: rounding must not make the eigensolver see an unsymmetric matrix. */
const symmetric = (m: Matrix): Matrix => Matrix.add(m, m.transpose()).mul(0.5);

/** Square roots of eigenvalues; those a rounding error below zero count as zero. */
const roots = (eigenvalues: readonly number[]): number[] => eigenvalues.map((x) => Math.sqrt(Math.max(x, 0)));

/** The symmetric square root of a positive semi-definite matrix, through its eigenvectors. */
function squareRoot(m: Matrix): Matrix {
  const { eigenvectorMatrix: vectors, realEigenvalues } = new EigenvalueDecomposition(m, {
    assumeSymmetric: true,
  });
  return vectors.mmul(Matrix.diag(roots(realEigenvalues))).mmul(vectors.transpose());
}

/**
 * The squared Fréchet (2-Wasserstein) distance of two normal distributions,
 * `|m1 - m2|² + tr(C1 + C2 - 2 (C1 C2)^(1/2))` (Dowson, Landau 1982; FID: Heusel et al. 2017, eq. 6).
 *
 * The trace of the root is taken of `C1^(1/2) C2 C1^(1/2)`, which has the eigenvalues of `C1 C2` and is symmetric, so singular
 * covariances need no added epsilon and no complex root appears. At least 0 up to rounding, never negative.
 */
export function frechetDistance(a: Gaussian, b: Gaussian): number {
  const size = a.mean.length;
  const c1 = symmetric(squareMatrix(a.covariance, size));
  const c2 = symmetric(squareMatrix(b.covariance, size));
  const root = squareRoot(c1);
  const product = symmetric(root.mmul(c2).mmul(root));
  const { realEigenvalues } = new EigenvalueDecomposition(product, { assumeSymmetric: true });
  const overlap = roots(realEigenvalues).reduce((sum, x) => sum + x, 0);
  let shift = 0;
  for (let i = 0; i < size; i++) shift += ((a.mean[i] as number) - (b.mean[i] as number)) ** 2;
  return Math.max(shift + c1.trace() + c2.trace() - 2 * overlap, 0);
}
