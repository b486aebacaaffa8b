import { gemm, reshape, type Tensor, transpose } from '@ganymede/tensor';
import { columnParts, equalParts, PART } from './column-parts.js';
import { laid } from './layout.js';
import type { Rule } from './rule.js';

/** Fewest rows to be added up for which the form of the product matters. */
const MANY_ROWS = 1024;

/** The kernel handles result columns in panels of 128; fewer waste part of one. */
const PANEL = 128;
const filled = (columns: number): number => Math.min(columns, PANEL);

/**
 * A product that adds up over many rows (`aᵀ b`: filter gradients). The kernel turns `a` anew for each panel, so that
 *
 * - it is the transpose of `bᵀ a` where that fills more of the panels: twice as fast for filters of 64 x 16;
 * - `a` is turned once, before, where there are several panels; what windows see is taken part by part, while it is in the
 *   cache: four fifths of the time for filters of 128 x 1024 over 3136 rows. Smaller parts than a forward convolution's, so
 *   that they are made again: keeping those would cost more.
 */
export const tallProduct: Rule = (node, book) => {
  const { transA, transB } = node.attributes;
  if (node.operator.name !== 'Gemm' || node.inputs.length > 2 || transA !== 1 || transB !== 0)
    return undefined;
  const [a, b] = node.inputs as readonly [Tensor, Tensor];
  const [rows = 0, width = 0] = a.shape.map(Number);
  const columns = Number(b.shape[1]);
  if (rows < MANY_ROWS) return undefined;
  if (filled(width) > filled(columns)) {
    return laid(turned(gemm(book.get(b), book.get(a), { transA: true })));
  }
  return columns > PANEL ? laid(summedProduct(book.get(a), columnParts(book.get(b), PART / 2))) : undefined;
};

/** `aᵀ b`, `b` given in parts of equally many rows. */
export function summedProduct(a: Tensor, parts: readonly Tensor[]): Tensor {
  const parted = equalParts(a, parts.length);
  return parts.reduce<Tensor | undefined>(
    (sum, part, i) => gemm(turned(parted[i] as Tensor), part, sum === undefined ? {} : { bias: sum }),
    undefined,
  ) as Tensor;
}

/** The transpose of a matrix, as three axes: ONNX Runtime would put one of two back into the product it belongs to. */
function turned(x: Tensor): Tensor {
  const [rows = 1, columns = 1] = x.shape;
  return reshape(transpose(reshape(x, [1, rows, columns]), [0, 2, 1]), [columns, rows]);
}
