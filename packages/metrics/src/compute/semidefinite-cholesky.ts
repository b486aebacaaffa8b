/** A factor of a positive semi-definite matrix, its rows in the order of the pivots. */
export interface SemidefiniteFactor {
  /** `[size, rank]` row-major, zero above the diagonal: `factor factorᵀ` is the matrix with rows and columns in `order`. */
  readonly factor: Float64Array;
  readonly rank: number;
  /** Row i of the factor belongs to row `order[i]` of the matrix. */
  readonly order: Uint32Array;
}

/**
 * Cholesky's factor of a positive semi-definite matrix, largest pivot first (Higham 1990), until what is left is rounding: the
 * matrix may be singular. `matrix` is row-major `[size, size]`.
 */
export function semidefiniteCholesky(matrix: ArrayLike<number>, size: number): SemidefiniteFactor {
  const rows = new Float64Array(size * size);
  const left = Float64Array.from({ length: size }, (_, i) => matrix[i * size + i] as number);
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  const negligible = size * Number.EPSILON * left.reduce((largest, x) => Math.max(largest, x), 0);
  let rank = 0;
  for (; rank < size; rank++) {
    let best = rank;
    for (let i = rank + 1; i < size; i++) if (left[order[i]!]! > left[order[best]!]!) best = i;
    const pivot = order[best]!;
    if (!(left[pivot]! > negligible)) break;
    order[best] = order[rank]!;
    order[rank] = pivot;
    const root = Math.sqrt(left[pivot]!);
    const own = pivot * size;
    rows[own + rank] = root;
    for (let i = rank + 1; i < size; i++) {
      const other = order[i]!;
      const at = other * size;
      let sum = matrix[at + pivot] as number;
      for (let k = 0; k < rank; k++) sum -= rows[at + k]! * rows[own + k]!;
      const x = sum / root;
      rows[at + rank] = x;
      left[other]! -= x * x;
    }
  }
  const factor = new Float64Array(size * rank);
  order.forEach((row, i) => {
    factor.set(rows.subarray(row * size, row * size + rank), i * rank);
  });
  return { factor, rank, order };
}
