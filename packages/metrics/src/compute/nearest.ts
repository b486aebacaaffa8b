import type { Progress } from '../progress.js';
import { eachDistanceBlock } from './distance-blocks.js';
import type { Products } from './products.js';
import type { Rows } from './rows.js';

/** Puts `x` in order among the `k` smallest numbers from `at` on. */
function keepSmallest(kept: Float64Array, at: number, k: number, x: number): void {
  let i = at + k - 1;
  if (x >= kept[i]!) return;
  for (; i > at && kept[i - 1]! > x; i--) kept[i] = kept[i - 1]!;
  kept[i] = x;
}

/** Squared distance of every row to its `k`-th nearest other row of the same set. `k` is less than the number of rows. */
export async function neighbourRadii(
  set: Rows,
  k: number,
  products: Products,
  progress?: Progress,
): Promise<Float64Array> {
  const kept = new Float64Array(set.count * k).fill(Number.POSITIVE_INFINITY);
  await eachDistanceBlock(
    set,
    set,
    products,
    ({ row, rows, column, columns, squared }) => {
      const diagonal = row === column;
      for (let i = 0, at = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++, at++) {
          if (diagonal && i === j) continue;
          const d = squared[at]!;
          keepSmallest(kept, (row + i) * k, k, d);
          // The pair is not met again from the other side.
          if (!diagonal) keepSmallest(kept, (column + j) * k, k, d);
        }
      }
    },
    progress,
  );
  return Float64Array.from({ length: set.count }, (_, i) => kept[i * k + k - 1]!);
}
