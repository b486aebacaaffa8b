import { createRng, type Rng } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import { eachDistanceBlock } from '../compute/distance-blocks.js';
import { type ProductOptions, type Products, withProducts } from '../compute/products.js';
import { requireRows, type Rows, twoRows } from '../compute/rows.js';
import { partOf, type Progress } from '../progress.js';
import { type BootstrapOptions, type Interval, quantile } from '../statistics/bootstrap.js';
import {
  type Discrepancy,
  discrepancyInterval,
  discrepancyOf,
  emptyKernelSums,
} from './maximum-mean-discrepancy.js';

/** Options of {@link rbfDiscrepancy}. */
export interface RbfDiscrepancyOptions extends ProductOptions, BootstrapOptions {
  /** Width σ of the kernel. @defaultValue the median distance between samples */
  readonly bandwidth?: number;
  /** Draws the bootstrap. @defaultValue seed 0 */
  readonly rng?: Rng;
  readonly progress?: Progress | undefined;
}

/** A squared MMD with a Gaussian kernel. */
export interface RbfDiscrepancy extends Discrepancy {
  readonly bandwidth: number;
  readonly interval: Interval | undefined;
}

/** At most this many samples of each set tell the median distance. */
const medianCount = 1000;

/**
 * The median heuristic (Gretton et al. 2012, section 8): the median of the distances between the first 1000 samples of both sets
 * together, each pair once. 1 where more than half of them are 0.
 */
async function medianDistance(real: Rows, fake: Rows, products: Products): Promise<number> {
  const first = ({ data, count, size }: Rows) => data.subarray(0, Math.min(count, medianCount) * size);
  const [a, b] = [first(real), first(fake)];
  const pooled = new Float64Array(a.length + b.length);
  pooled.set(a);
  pooled.set(b, a.length);
  const all: Rows = { data: pooled, count: pooled.length / real.size, size: real.size };
  const distances: number[] = [];
  await eachDistanceBlock(all, all, products, ({ row, rows, column, columns, squared }) => {
    for (let i = 0; i < rows; i++) {
      for (let j = row === column ? i + 1 : 0; j < columns; j++) distances.push(squared[i * columns + j]!);
    }
  });
  return Math.sqrt(quantile(Float64Array.from(distances).sort(), 0.5)) || 1;
}

/**
 * The unbiased squared maximum mean discrepancy with the kernel `exp(-|x - y|² / 2σ²)` (Gretton et al. 2012, eq. 3): lower is
 * better, 0 in the mean for equal distributions. Features (or points) `[count, size]`; distances come block by block.
 *
 * Throws `GANYMEDE_TOO_FEW_SAMPLES` below 2 samples, `GANYMEDE_FEATURE_SIZE`.
 */
export async function rbfDiscrepancy(
  real: Value,
  fake: Value,
  options: RbfDiscrepancyOptions = {},
): Promise<RbfDiscrepancy> {
  const [a, b] = twoRows(real, fake);
  requireRows('a kernel distance', 2, a, b);
  return withProducts(options, async (products) => {
    const bandwidth = options.bandwidth ?? (await medianDistance(a, b, products));
    const scale = -1 / (2 * bandwidth * bandwidth);
    const sums = emptyKernelSums(a.count, b.count);
    const own = async (set: Rows, to: Float64Array, part: number) =>
      eachDistanceBlock(
        set,
        set,
        products,
        ({ row, rows, column, columns, squared }) => {
          for (let i = 0; i < rows; i++) {
            for (let j = row === column ? i + 1 : 0; j < columns; j++) {
              const k = Math.exp(scale * squared[i * columns + j]!);
              to[row + i]! += k;
              to[column + j]! += k;
            }
          }
        },
        partOf(options.progress, part, 3),
      );
    await own(a, sums.realOwn, 0);
    await own(b, sums.fakeOwn, 1);
    await eachDistanceBlock(
      a,
      b,
      products,
      ({ row, rows, column, columns, squared }) => {
        for (let i = 0, at = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++, at++) {
            const k = Math.exp(scale * squared[at]!);
            sums.realCross[row + i]! += k;
            sums.fakeCross[column + j]! += k;
          }
        }
      },
      partOf(options.progress, 2, 3),
    );
    const found = discrepancyOf(sums);
    const interval = discrepancyInterval(found, (options.rng ?? createRng(0)).child('bootstrap'), options);
    return { ...found, bandwidth, interval };
  });
}
