import type { Value } from '@ganymede/tensor';
import { eachDistanceBlock } from '../compute/distance-blocks.js';
import { neighbourRadii } from '../compute/nearest.js';
import { type ProductOptions, withProducts } from '../compute/products.js';
import { requireRows, twoRows } from '../compute/rows.js';
import { partOf, type Progress } from '../progress.js';

/** Options of {@link manifoldScores}. */
export interface ManifoldOptions extends ProductOptions {
  /** Neighbours that make a sample's ball. */
  readonly k: number;
  readonly progress?: Progress | undefined;
}

/** What each sample adds to four scores, each the mean of its list. */
export interface ManifoldScores {
  /** For each generated sample, whether it lies in the ball of a real one: 1 or 0. */
  readonly precision: Float64Array;
  /** For each real sample, whether it lies in the ball of a generated one. */
  readonly recall: Float64Array;
  /** For each generated sample, the balls of real ones that it lies in, over k. */
  readonly density: Float64Array;
  /** For each real sample, whether its ball holds a generated one. */
  readonly coverage: Float64Array;
}

/**
 * Which samples lie in the balls of the other set, a sample's ball reaching to its k-th nearest neighbour in its own set: precision and
 * recall (Kynkäänniemi et al. 2019, eq. 1 and 2), density and coverage (Naeem et al. 2020, eq. 3 and 4). A sample on a ball's
 * surface lies in it.
 *
 * Features `[count, size]`. Distances come block by block from matrix products: memory grows with the counts, not their product.
 * Throws `GANYMEDE_TOO_FEW_SAMPLES` for k samples or fewer, `GANYMEDE_FEATURE_SIZE`.
 */
export async function manifoldScores(
  real: Value,
  fake: Value,
  { k, progress, ...options }: ManifoldOptions,
): Promise<ManifoldScores> {
  const [a, b] = twoRows(real, fake);
  requireRows(`a ball of ${k} neighbours`, k + 1, a, b);
  return withProducts(options, async (products) => {
    const realRadii = await neighbourRadii(a, k, products, partOf(progress, 0, 4));
    const fakeRadii = await neighbourRadii(b, k, products, partOf(progress, 1, 4));
    const precision = new Float64Array(b.count);
    const density = new Float64Array(b.count);
    const recall = new Float64Array(a.count);
    const coverage = new Float64Array(a.count);
    await eachDistanceBlock(
      a,
      b,
      products,
      ({ row, rows, column, columns, squared }) => {
        for (let i = row, at = 0; i < row + rows; i++) {
          const radius = realRadii[i]!;
          for (let j = column; j < column + columns; j++, at++) {
            const d = squared[at]!;
            if (d <= radius) {
              density[j]! += 1 / k;
              precision[j] = 1;
              coverage[i] = 1;
            }
            if (d <= fakeRadii[j]!) recall[i] = 1;
          }
        }
      },
      // Half of the pairs of one set are left out; of two sets none.
      progress && ((done, total) => progress(total + done, 2 * total)),
    );
    return { precision, recall, density, coverage };
  });
}
