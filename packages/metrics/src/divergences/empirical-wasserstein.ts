import { GanymedeError, type Value } from '@ganymede/tensor';
import { requireRows, twoRows } from '../compute/rows.js';
import { sortedWasserstein } from '../wasserstein/sorted-wasserstein.js';
import { leastAssignment } from './least-assignment.js';

/**
 * The Wasserstein-1 distance between two samples on the line, exactly, by sorting; the samples may differ in number.
 *
 * As an estimate of the distance between the laws behind them it is too large, by about 1/√n where the laws are the same.
 *
 * @throws `GANYMEDE_TOO_FEW_SAMPLES` for an empty sample, `GANYMEDE_SAMPLES_NON_FINITE`
 */
export function wasserstein1d(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()];
  if (x.length === 0 || y.length === 0) {
    throw new GanymedeError('GANYMEDE_TOO_FEW_SAMPLES', {
      message: `wasserstein1d needs at least 1 sample of each set, got ${x.length} and ${y.length}`,
    });
  }
  refuseNonFinite(x, y);
  return sortedWasserstein(x, y);
}

/**
 * The Wasserstein-1 distance between two equally large samples `[count, size]` of any dimension, exactly: the least mean Euclidean
 * distance over all pairings ({@link leastAssignment}; some thousands of samples at most).
 *
 * As an estimate of the distance between the laws behind them it is too large: between two samples of one law in the plane it falls
 * with 1/√n (and a logarithm), in d dimensions with n^(-1/d). Compare with the distance of two samples of the data.
 *
 * @throws `GANYMEDE_FEATURE_SIZE` for samples of other sizes or numbers, `GANYMEDE_TOO_FEW_SAMPLES`, `GANYMEDE_SAMPLES_NON_FINITE`
 */
export function assignmentWasserstein(a: Value, b: Value): number {
  const [x, y] = twoRows(a, b);
  requireRows('a Wasserstein distance', 1, x, y);
  if (x.count !== y.count) {
    throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
      message: `assignmentWasserstein pairs samples, but has ${x.count} and ${y.count} of them`,
      hint: 'give as many samples of one set as of the other',
    });
  }
  refuseNonFinite(x.data, y.data);
  const distance = (i: number, j: number): number => {
    let square = 0;
    for (let k = 0; k < x.size; k++) {
      square += ((x.data[i * x.size + k] as number) - (y.data[j * y.size + k] as number)) ** 2;
    }
    return Math.sqrt(square);
  };
  const costs = Array.from({ length: x.count }, (_, i) =>
    Float64Array.from({ length: y.count }, (__, j) => distance(i, j)),
  );
  return leastAssignment(costs).cost / x.count;
}

function refuseNonFinite(...sets: readonly ArrayLike<number>[]): void {
  const bad = sets.some((set) => Array.from(set).some((x) => !Number.isFinite(x)));
  if (!bad) return;
  throw new GanymedeError('GANYMEDE_SAMPLES_NON_FINITE', {
    message: 'a Wasserstein distance of samples of which one holds a NaN or infinity',
    hint: 'the generator has diverged: measure an earlier checkpoint',
  });
}
