import type { Value } from '@ganymede/tensor';
import { GanymedeError } from '@ganymede/tensor';
import { requireRows, type Rows, twoRows } from '../compute/rows.js';

/** Options of {@link nearestNeighbourKl}. */
export interface NearestNeighbourKlOptions {
  /** Which nearest neighbour; more vary less and blur more. @defaultValue 5 */
  readonly k?: number;
}

/**
 * KL(P‖Q) of the laws behind two samples `[count, size]`, from distances to nearest neighbours (Wang, Kulkarni and Verdú 2009, eq. 5):
 * size / n · Σ log(distance to the k-th of Q / to the k-th other of P) + log(m / (n − 1)).
 *
 * Consistent, needs no grid, and is finite where histograms are not. With few samples it is too small where P and Q differ much; it may
 * be below 0 where they do not. Infinite where k points of P coincide. All pairs are looked at: some thousands of samples at most.
 *
 * @throws `GANYMEDE_TOO_FEW_SAMPLES` for k or fewer samples of P or fewer than k of Q, `GANYMEDE_FEATURE_SIZE`, `GANYMEDE_OPTION`
 */
export function nearestNeighbourKl(p: Value, q: Value, { k = 5 }: NearestNeighbourKlOptions = {}): number {
  const [x, y] = twoRows(p, q);
  if (!Number.isInteger(k) || k < 1) {
    throw new GanymedeError('GANYMEDE_OPTION', {
      message: `nearestNeighbourKl: expected k to be a whole number from 1 on, got ${k}`,
    });
  }
  requireRows('the divergence from nearest neighbours', k + 1, x);
  requireRows('the divergence from nearest neighbours', k, y);
  let sum = 0;
  for (let i = 0; i < x.count; i++) {
    sum += Math.log(kthDistance(x, i, y, k) / kthDistance(x, i, x, k, i)) / 2;
  }
  return (x.size / x.count) * sum + Math.log(y.count / (x.count - 1));
}

/** The square of the distance from row `i` of `from` to its k-th nearest row of `to`, not counting row `except`. */
function kthDistance(from: Rows, i: number, to: Rows, k: number, except = -1): number {
  const nearest = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  for (let j = 0; j < to.count; j++) {
    if (j === except) continue;
    let square = 0;
    for (let d = 0; d < from.size; d++) {
      square += ((from.data[i * from.size + d] as number) - (to.data[j * to.size + d] as number)) ** 2;
    }
    if (square >= (nearest[k - 1] as number)) continue;
    let at = k - 1;
    while (at > 0 && (nearest[at - 1] as number) > square) {
      nearest[at] = nearest[at - 1] as number;
      at--;
    }
    nearest[at] = square;
  }
  return nearest[k - 1] as number;
}
