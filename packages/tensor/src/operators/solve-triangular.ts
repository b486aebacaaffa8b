import { GanymedeError } from '../error.js';
import { site } from '../scope.js';
import { formatShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { concat } from './concat.js';
import { div } from './div.js';
import { columnsAt, rowsOf, squareSize, transposedMatrix } from './families/matrices.js';
import { mul } from './mul.js';
import { sub } from './sub.js';

/** Options of {@link solveTriangular}. */
export interface SolveTriangularOptions {
  /** Solve with the transposed matrix. @defaultValue false */
  readonly transposed?: boolean;
}

/**
 * The X with `l`·X = `b`, or `l`ᵀ·X = `b`, for lower triangular matrices `l` `[..., n, n]` and `b` `[..., n, m]`.
 *
 * Of `l` only the lower triangle is read, and n must be known (`GANYMEDE_SHAPE`); axes before the last two broadcast. A composite of one
 * elimination per row, about six operators each. With {@link cholesky}: `solveTriangular(l, solveTriangular(l, b), { transposed: true })`
 * is the inverse of l·lᵀ times b.
 */
export function solveTriangular(
  l: Tensor,
  b: Tensor,
  { transposed = false }: SolveTriangularOptions = {},
): Tensor {
  const n = squareSize('solveTriangular', l);
  if (b.rank < 2 || b.shape.at(-2) !== n) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('solveTriangular')}: ${formatShape(b.shape)} has no ${n} rows for matrices ${formatShape(l.shape)}`,
    });
  }
  const rows: Tensor[] = [];
  let rest = b;
  for (let step = 0; step < n; step++) {
    const k = transposed ? n - 1 - step : step;
    const diagonal = columnsAt(rowsOf(l, k, k + 1), k, k + 1);
    // What is left of b are the rows that are not solved: those after k, or those before.
    const own = div(transposed ? rowsOf(rest, k, k + 1) : rowsOf(rest, 0, 1), diagonal);
    rows[k] = own;
    if (step === n - 1) break;
    const factors = transposed
      ? transposedMatrix(columnsAt(rowsOf(l, k, k + 1), 0, k))
      : columnsAt(rowsOf(l, k + 1, n), k, k + 1);
    rest = sub(transposed ? rowsOf(rest, 0, k) : rowsOf(rest, 1, n - k), mul(factors, own));
  }
  return concat(rows, (rows[0] as Tensor).rank - 2);
}
