import type { NumberArray } from './numbers.js';

/** A matrix inside a larger array: element `(i, j)` lies at `offset + i*row + j*column`. */
export interface MatrixView {
  readonly data: NumberArray;
  readonly offset: number;
  readonly row: number;
  readonly column: number;
}

/** Adds the product of an `m x k` and a `k x n` matrix to each row of `to` (dense, at `offset`), summed in float64. */
export function multiplyInto(
  to: NumberArray,
  offset: number,
  a: MatrixView,
  b: MatrixView,
  [m, k, n]: readonly [number, number, number],
): void {
  const sums = new Float64Array(n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) sums[j] = to[offset + i * n + j] as number;
    for (let p = 0; p < k; p++) {
      const x = a.data[a.offset + i * a.row + p * a.column] as number;
      const start = b.offset + p * b.row;
      for (let j = 0; j < n; j++)
        sums[j] = (sums[j] as number) + x * (b.data[start + j * b.column] as number);
    }
    for (let j = 0; j < n; j++) to[offset + i * n + j] = sums[j] as number;
  }
}
