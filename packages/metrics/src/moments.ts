import { GanymedeError } from '@ganymede/tensor';
import type { Products } from './compute/products.js';
import { meanRow } from './compute/rows.js';

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
  requireWholeRows(rows, size);
  return rows.length === 0 ? moments : mergeMoments(moments, momentsOfBlock(rows, size));
}

/** Gathers the moments of a stream. */
export interface MomentsStream {
  /** Takes whole rows, row-major. */
  add(rows: ArrayLike<number>): Promise<void>;
  /** The moments of the rows so far, one for each group that rows were dealt to in turn. */
  groups(): Promise<readonly Moments[]>;
}

/**
 * Moments of a stream with the products on a backend: rows are gathered to blocks of 1024, and each block's scatter about its own
 * mean is one matrix product. Blocks are dealt to `groups` in turn, so that a bootstrap can draw groups again. Memory: `groups` times
 * `size * size` float64, whatever the number of rows.
 */
export function createMoments(
  size: number,
  products: Products,
  { groups = 1, block = 1024 } = {},
): MomentsStream {
  const sums = Array.from({ length: groups }, () => emptyMoments(size));
  const rows = new Float64Array(block * size);
  let [filled, blocks] = [0, 0];
  const flush = async (): Promise<void> => {
    if (filled === 0) return;
    const count = filled / size;
    const own = rows.slice(0, filled);
    const mean = meanRow({ data: own, count, size });
    for (let at = 0; at < filled; at++) own[at]! -= mean[at % size]!;
    const scatter = await products.gram(own, size);
    const group = blocks % groups;
    sums[group] = mergeInto(sums[group]!, { count, mean, scatter });
    blocks += 1;
    filled = 0;
  };
  return {
    async add(added) {
      requireWholeRows(added, size);
      for (let from = 0; from < added.length; ) {
        const some = Math.min(added.length - from, rows.length - filled);
        for (let i = 0; i < some; i++) rows[filled + i] = added[from + i] as number;
        filled += some;
        from += some;
        if (filled === rows.length) await flush();
      }
    },
    async groups() {
      await flush();
      return sums;
    },
  };
}

/** As {@link mergeMoments}, in the scatter matrix of `own`: the stream's own is never copied. */
function mergeInto(
  own: Moments,
  block: { readonly count: number; readonly mean: Float64Array; readonly scatter: ArrayLike<number> },
): Moments {
  const size = own.mean.length;
  const count = own.count + block.count;
  const weight = (own.count * block.count) / count;
  const delta = block.mean.map((x, j) => x - own.mean[j]!);
  const { scatter } = own;
  for (let i = 0, k = 0; i < size; i++) {
    const d = weight * delta[i]!;
    for (let j = 0; j < size; j++, k++) scatter[k]! += (block.scatter[k] as number) + d * delta[j]!;
  }
  return { count, scatter, mean: own.mean.map((x, j) => x + (delta[j]! * block.count) / count) };
}

function requireWholeRows(rows: ArrayLike<number>, size: number): void {
  if (rows.length % size === 0) return;
  throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
    message: `expected rows of ${size} features, got ${rows.length} numbers, which is not a multiple`,
    hint: 'both sets of samples must go through the same feature network',
  });
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
