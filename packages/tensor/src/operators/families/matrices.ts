import { GanymedeError } from '../../error.js';
import { site } from '../../scope.js';
import { formatShape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { requireFloating } from './elementwise.js';
import { sliceAxis } from '../slice.js';
import { transpose } from '../transpose.js';

/** The size of square matrices in the last two axes, which must be known (`GANYMEDE_SHAPE`); floating (`GANYMEDE_DTYPE`). */
export function squareSize(operator: string, x: Tensor): number {
  requireFloating(operator, x);
  const [rows, columns] = x.shape.slice(-2);
  if (x.rank >= 2 && typeof rows === 'number' && rows === columns && rows > 0) return rows;
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${site(operator)}: ${formatShape(x.shape)} holds no square matrices of known size`,
    hint: 'the last two axes are equal and known; axes before them count matrices',
  });
}

/** The last two axes exchanged. */
export const transposedMatrix = (x: Tensor): Tensor => {
  const order = x.shape.map((_, i) => i);
  return transpose(x, [...order.slice(0, -2), x.rank - 1, x.rank - 2]);
};

/** Rows `[from, to)` of matrices. */
export const rowsOf = (x: Tensor, from: number, to: number): Tensor => sliceAxis(x, x.rank - 2, from, to);

/** Columns `[from, to)` of matrices. */
export const columnsAt = (x: Tensor, from: number, to: number): Tensor => sliceAxis(x, x.rank - 1, from, to);
