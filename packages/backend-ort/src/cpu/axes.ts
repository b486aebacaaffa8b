import { constant, expand, gemm, makeTensor, reshape, type Tensor, value } from '@ganymede/tensor';
import { laid, type Order, storedShape } from './layout.js';
import { elements, type Rule } from './rule.js';

const reductions = new Set(['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd']);

/** Fewest rows for which adding up columns by a product with ones beats ONNX Runtime's reduction. */
const MANY_ROWS = 256;

/** Reduces over the axes where they lie. */
export const reduction: Rule = (node, book) => {
  if (!reductions.has(node.operator.name)) return undefined;
  const [x] = node.inputs as readonly [Tensor];
  const { stored, order } = book.laidOut(x);
  const { axes, keepdims } = node.attributes as { axes: readonly number[]; keepdims: 0 | 1 };
  const where = axes.map((axis) => order?.[axis] ?? axis).sort((a, b) => a - b);
  const kept =
    columnSums(node, stored, where) ??
    makeTensor(node.operator, [stored], { ...node.attributes, axes: where, keepdims: 1 });
  if (keepdims === 1) return laid(kept, order);
  const left = stored.shape.filter((_, axis) => !where.includes(axis));
  return laid(reshape(kept, left), remaining(x.rank, axes, order));
};

/** The order of the axes that a reduction leaves. */
function remaining(rank: number, axes: readonly number[], order: Order): Order {
  if (order === undefined) return undefined;
  const places = Array.from({ length: rank }, (_, axis) => axis)
    .filter((axis) => !axes.includes(axis))
    .map((axis) => order[axis] as number);
  const sorted = [...places].sort((a, b) => a - b);
  return places.map((place) => sorted.indexOf(place));
}

/** Sums or means over all axes but the last, as a product with ones: several times as fast as ReduceSum there. */
function columnSums(node: Tensor, stored: Tensor, where: readonly number[]): Tensor | undefined {
  const { name } = node.operator;
  const columns = Number(stored.shape.at(-1) ?? 1);
  const rows = elements(stored) / columns;
  const leading = where.length === stored.rank - 1 && where.every((axis, i) => axis === i);
  if ((name !== 'ReduceSum' && name !== 'ReduceMean') || node.dtype !== 'float32') return undefined;
  if (!leading || rows < MANY_ROWS || columns < 4) return undefined;
  const weight = new Float32Array(rows).fill(name === 'ReduceMean' ? 1 / rows : 1);
  const sums = gemm(constant(value('float32', [1, rows], weight)), reshape(stored, [rows, columns]));
  return reshape(sums, [...new Array<number>(stored.rank - 1).fill(1), columns]);
}

/** Expands where the axes lie. */
export const expansion: Rule = (node, book) => {
  const [x] = node.inputs;
  if (node.operator.name !== 'Expand' || x === undefined || x.rank !== node.rank) return undefined;
  const { stored, order } = book.laidOut(x);
  return laid(expand(stored, storedShape(node.shape, order)), order);
};

/** A transpose of something whose axes lie in another order only changes how they are counted. */
export const transposition: Rule = (node, book) => {
  const [x] = node.inputs;
  if (node.operator.name !== 'Transpose' || x === undefined) return undefined;
  const { stored, order } = book.laidOut(x);
  if (order === undefined) return undefined;
  const perm = node.attributes.perm as readonly number[];
  return laid(
    stored,
    perm.map((axis) => order[axis] as number),
  );
};
