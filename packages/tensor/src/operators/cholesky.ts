import type { Tensor } from '../tensor.js';
import { concat } from './concat.js';
import { div } from './div.js';
import { columnsAt, rowsOf, squareSize, transposedMatrix } from './families/matrices.js';
import { mul } from './mul.js';
import { pad } from './pad.js';
import { sqrt } from './sqrt.js';
import { sub } from './sub.js';

/**
 * The lower triangular L with L·Lᵀ = `x` of symmetric positive definite matrices in the last two axes (NaN for others).
 *
 * Floating (`GANYMEDE_DTYPE`), square, of known size (`GANYMEDE_SHAPE`). Reads the lower triangle only, and so does its gradient. A
 * composite of one rank-one update per column, about seven operators each: for covariances, not for large systems.
 */
export function cholesky(x: Tensor): Tensor {
  const n = squareSize('cholesky', x);
  const columns: Tensor[] = [];
  let rest = x;
  for (let k = 0; k < n; k++) {
    const column = columnsAt(rest, 0, 1);
    const own = div(column, sqrt(rowsOf(column, 0, 1)));
    const above = new Array<number>(2 * x.rank).fill(0);
    above[x.rank - 2] = k;
    columns.push(pad(own, above));
    if (k === n - 1) break;
    const below = rowsOf(own, 1, n - k);
    rest = sub(columnsAt(rowsOf(rest, 1, n - k), 1, n - k), mul(below, transposedMatrix(below)));
  }
  return concat(columns, x.rank - 1);
}
