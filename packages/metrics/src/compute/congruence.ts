import type { SemidefiniteFactor } from './semidefinite-cholesky.js';

/**
 * `Lᵀ M L` for a factor L and a symmetric matrix M of its size, `[rank, rank]` row-major; only the lower triangle is filled. Rows and
 * columns come in reverse: the factor begins with the largest pivots, and `symmetricEigenvalues` tells small eigenvalues from
 * rounding only where large entries come last.
 */
export function congruence(
  { factor, rank, order }: SemidefiniteFactor,
  matrix: ArrayLike<number>,
): Float64Array {
  const size = order.length;
  const result = new Float64Array(rank * rank);
  // Four rows of M L at a time: each row of the factor is then read a quarter as often, which is what takes the time.
  const row = () => new Float64Array(rank);
  const product: Four = [row(), row(), row(), row()];
  for (let i = 0; i < size; i += 4) {
    rowsOfProduct(product, i, factor, rank, order, matrix);
    for (let r = 0; r < 4 && i + r < size; r++) {
      const own = product[r]!;
      const last = Math.min(i + r, rank - 1);
      for (let j = 0; j <= last; j++) {
        const x = factor[(i + r) * rank + j]!;
        const at = j * rank;
        for (let k = 0; k <= j; k++) result[at + k]! += x * own[k]!;
      }
    }
  }
  reverse(result, rank);
  return result;
}

/** Reverses the order of rows and columns of a symmetric matrix, in its lower triangle. */
function reverse(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const [here, there] = [i * size + j, (size - 1 - j) * size + size - 1 - i];
      if (here >= there) continue;
      const x = matrix[here]!;
      matrix[here] = matrix[there]!;
      matrix[there] = x;
    }
  }
}

type Four = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/** Rows `i` … `i + 3` of `M L`, M in the order of the factor; rows behind the last one are rubbish. */
function rowsOfProduct(
  [a, b, c, d]: Four,
  i: number,
  factor: Float64Array,
  rank: number,
  order: Uint32Array,
  matrix: ArrayLike<number>,
): void {
  const size = order.length;
  const rowAt = (r: number) => order[Math.min(i + r, size - 1)]! * size;
  const [p, q, s, t] = [rowAt(0), rowAt(1), rowAt(2), rowAt(3)];
  for (const row of [a, b, c, d]) row.fill(0);
  for (let k = 0; k < size; k++) {
    const column = order[k]!;
    const w = matrix[p + column] as number;
    const x = matrix[q + column] as number;
    const y = matrix[s + column] as number;
    const z = matrix[t + column] as number;
    const last = Math.min(k, rank - 1);
    for (let j = 0, at = k * rank; j <= last; j++, at++) {
      const l = factor[at]!;
      a[j]! += w * l;
      b[j]! += x * l;
      c[j]! += y * l;
      d[j]! += z * l;
    }
  }
}
