import { GanymedeError } from '@ganymede/tensor';

/**
 * Count, mean and scatter matrix (the sum of outer products of deviations) of rows seen so far, in float64. Memory depends
 * on the number of features only, never on the number of rows.
 */
export interface Moments {
  readonly count: number;
  readonly mean: Float64Array;
  /** Row-major, `size * size`, symmetric. */
  readonly scatter: Float64Array;
}

/** The moments of no rows at all. */
export const emptyMoments = (size: number): Moments => ({
  count: 0,
  mean: new Float64Array(size),
  scatter: new Float64Array(size * size),
});

/** Sums of deviations from the block's own mean: exact where the mean is large beside the spread. */
function momentsOfBlock(rows: ArrayLike<number>, size: number): Moments {
  const count = rows.length / size;
  const mean = new Float64Array(size);
  for (let i = 0; i < rows.length; i++) mean[i % size]! += rows[i] as number;
  for (let j = 0; j < size; j++) mean[j]! /= count;
  const scatter = new Float64Array(size * size);
  const deviation = new Float64Array(size);
  for (let row = 0; row < count; row++) {
    for (let j = 0; j < size; j++) deviation[j] = (rows[row * size + j] as number) - mean[j]!;
    for (let i = 0; i < size; i++) {
      const d = deviation[i]!;
      for (let j = i; j < size; j++) scatter[i * size + j]! += d * deviation[j]!;
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) scatter[i * size + j] = scatter[j * size + i]!;
  return { count, mean, scatter };
}

/**
 * The moments of two disjoint sets of rows together (Chan, Golub, LeVeque 1979, eq. 2.1): the result does not depend on how
 * rows were cut into blocks, beyond rounding.
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.mean.length !== b.mean.length) {
    throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
      message: `expected moments of equally many features, got ${a.mean.length} and ${b.mean.length}`,
      hint: 'both sets of samples must go through the same feature network',
    });
  }
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const size = a.mean.length;
  const count = a.count + b.count;
  const mean = new Float64Array(size);
  const delta = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    delta[j] = b.mean[j]! - a.mean[j]!;
    mean[j] = a.mean[j]! + (delta[j]! * b.count) / count;
  }
  const weight = (a.count * b.count) / count;
  const scatter = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const k = i * size + j;
      scatter[k] = a.scatter[k]! + b.scatter[k]! + weight * delta[i]! * delta[j]!;
    }
  }
  return { count, mean, scatter };
}

/**
 * `moments` with further rows. `rows` holds whole rows, row-major, `moments.mean.length` numbers each.
 * Throws `GANYMEDE_FEATURE_SIZE` for a part of a row.
 */
export function addRows(moments: Moments, rows: ArrayLike<number>): Moments {
  const size = moments.mean.length;
  if (rows.length % size !== 0) {
    throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
      message: `expected rows of ${size} features, got ${rows.length} numbers, which is not a multiple`,
      hint: 'both sets of samples must go through the same feature network',
    });
  }
  return rows.length === 0 ? moments : mergeMoments(moments, momentsOfBlock(rows, size));
}

/** The unbiased covariance (divided by count - 1, as `numpy.cov`), row-major. Throws `GANYMEDE_TOO_FEW_SAMPLES` below 2 rows. */
export function covarianceOf(moments: Moments): Float64Array {
  if (moments.count < 2) {
    throw new GanymedeError('GANYMEDE_TOO_FEW_SAMPLES', {
      message: `expected at least 2 samples for a covariance, got ${moments.count}`,
      hint: 'ask for more samples; a Fréchet distance wants several for each feature',
    });
  }
  return moments.scatter.map((x) => x / (moments.count - 1));
}
