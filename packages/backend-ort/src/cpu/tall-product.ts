import { gemm, reshape, type Tensor, transpose } from '@ganymede/tensor';
import { laid } from './layout.js';
import type { Rule } from './rule.js';

/** Fewest rows to be added up for which the form of the product matters. */
const MANY_ROWS = 1024;

/** The kernel handles result columns in panels of 128; fewer waste part of one. */
const PANEL = 128;
const filled = (columns: number): number => Math.min(columns, PANEL);

/**
 * A product that adds up over many rows (`aᵀ b`: filter gradients), computed as the transpose of `bᵀ a` where that fills
 * more of the kernel's panels: twice as fast for filters of 64 x 16.
 */
export const tallProduct: Rule = (node, book) => {
  const { transA, transB } = node.attributes;
  if (node.operator.name !== 'Gemm' || node.inputs.length > 2 || transA !== 1 || transB !== 0)
    return undefined;
  const [a, b] = node.inputs as readonly [Tensor, Tensor];
  const [rows = 0, width = 0] = a.shape.map(Number);
  const columns = Number(b.shape[1]);
  if (rows < MANY_ROWS || filled(width) <= filled(columns)) return undefined;
  const product = gemm(book.get(b), book.get(a), { transA: true });
  // As three axes: ONNX Runtime would turn a transpose of the product itself back into the form avoided here.
  return laid(reshape(transpose(reshape(product, [columns, 1, width]), [2, 1, 0]), [width, columns]));
};
