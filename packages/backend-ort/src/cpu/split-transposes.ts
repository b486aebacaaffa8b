import {
  constant,
  gather,
  type Graph,
  reshape,
  rewriteGraph,
  type Tensor,
  transpose,
  value,
} from '@ganymede/tensor';

/** Matrices from which on turning them one by one is slow. */
const MANY = 32;

/**
 * Many matrices that are turned one by one, `[B, M, N]` to `[B, N, M]`, turned as one matrix, whose rows are then put in their
 * places: with more than one thread ONNX Runtime's transpose takes 3 to 15 times as long for them. Other graphs, and
 * sizes that are not known, are left as they are.
 */
export const splitTransposes = (program: Graph): Graph => rewriteGraph(program, split);

function split(node: Tensor): Tensor {
  const [x] = node.inputs;
  if (node.operator.name !== 'Transpose' || x === undefined) return node;
  const matrices = turnedMatrices(x.shape, node.attributes.perm as readonly number[]);
  if (matrices === undefined) return node;
  const [count, rows, columns] = matrices;
  const turned = reshape(transpose(reshape(x, [count * rows, columns]), [1, 0]), [columns * count, rows]);
  const places = Int32Array.from(
    { length: count * columns },
    (_, at) => (at % columns) * count + Math.floor(at / columns),
  );
  return reshape(gather(turned, constant(value('int32', [places.length], places)), 0), node.shape);
}

/** `[B, M, N]` where a transpose turns many matrices one by one, whatever the number of axes it is written with. */
function turnedMatrices(
  shape: readonly (number | string)[],
  order: readonly number[],
): readonly [number, number, number] | undefined {
  if (shape.some((d) => typeof d !== 'number')) return undefined;
  const size = (axes: readonly number[]) => axes.reduce((n, axis) => n * Number(shape[axis]), 1);
  const kept = order.findIndex((axis, i) => axis !== i);
  if (kept < 1) return undefined;
  // What comes next are the last axes; then those between, both in order.
  const first = order[kept] as number;
  const inner = order.slice(kept, kept + shape.length - first);
  const between = order.slice(kept + inner.length);
  const ordered = [...between, ...inner].every((axis, i) => axis === kept + i);
  const sizes = [size(order.slice(0, kept)), size(between), size(inner)] as const;
  return ordered && sizes[0] >= MANY && sizes[1] > 1 && sizes[2] > 1 ? sizes : undefined;
}
