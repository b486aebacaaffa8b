import type { Value } from '@ganymede/tensor';
import { eachDistanceBlock } from '../compute/distance-blocks.js';
import { neighbourRadii } from '../compute/nearest.js';
import { type ProductOptions, withProducts } from '../compute/products.js';
import { requireRows, twoRows } from '../compute/rows.js';
import { partOf, type Progress } from '../progress.js';

/** Whether the nearest other sample is of the same set, by sample: 1 or 0. */
export interface NearestNeighbours {
  readonly real: Float64Array;
  readonly fake: Float64Array;
}

/** Options of {@link nearestNeighbours}. */
export interface NearestNeighbourOptions extends ProductOptions {
  readonly progress?: Progress | undefined;
}

/**
 * The leave-one-out 1-nearest-neighbour classifier of real against generated samples (Lopez-Paz, Oquab 2017; Xu et al. 2018): the
 * share that it gets right is 0.5 for equal distributions, 1 for disjoint ones, and below 0.5 for a generator that copies the
 * samples it is compared with. For a fair figure give equally many of both. A tie counts as the own set.
 *
 * Features `[count, size]`. Throws `GANYMEDE_TOO_FEW_SAMPLES` below 2 samples, `GANYMEDE_FEATURE_SIZE`.
 */
export async function nearestNeighbours(
  real: Value,
  fake: Value,
  { progress, ...options }: NearestNeighbourOptions = {},
): Promise<NearestNeighbours> {
  const [a, b] = twoRows(real, fake);
  requireRows('a nearest neighbour', 2, a, b);
  return withProducts(options, async (products) => {
    const ownReal = await neighbourRadii(a, 1, products, partOf(progress, 0, 4));
    const ownFake = await neighbourRadii(b, 1, products, partOf(progress, 1, 4));
    const otherReal = new Float64Array(a.count).fill(Number.POSITIVE_INFINITY);
    const otherFake = new Float64Array(b.count).fill(Number.POSITIVE_INFINITY);
    await eachDistanceBlock(
      a,
      b,
      products,
      ({ row, rows, column, columns, squared }) => {
        for (let i = row, at = 0; i < row + rows; i++) {
          for (let j = column; j < column + columns; j++, at++) {
            const d = squared[at]!;
            if (d < otherReal[i]!) otherReal[i] = d;
            if (d < otherFake[j]!) otherFake[j] = d;
          }
        }
      },
      progress && ((done, total) => progress(total + done, 2 * total)),
    );
    return {
      real: ownReal.map((own, i) => Number(own <= otherReal[i]!)),
      fake: ownFake.map((own, i) => Number(own <= otherFake[i]!)),
    };
  });
}
