import { reshape, type Tensor, transpose } from '@ganymede/tensor';

/** Axis `i` of a tensor is axis `order[i]` in memory. Undefined: axes lie in memory as they are counted. */
export type Order = readonly number[] | undefined;

/** A tensor kept in memory with its axes in another order: what it means is `transpose(stored, order)`. */
export interface Laid {
  readonly stored: Tensor;
  readonly order: Order;
}

/** Channels last: `[N, C, ...spatial]` kept as `[N, ...spatial, C]`. */
export const channelsLast = (rank: number): readonly number[] =>
  Array.from({ length: rank }, (_, axis) => (axis === 0 ? 0 : axis === 1 ? rank - 1 : axis - 1));

export const inverse = (order: readonly number[]): readonly number[] => order.map((_, i) => order.indexOf(i));

export const sameOrder = (a: Order, b: Order): boolean =>
  a === b || (a !== undefined && b !== undefined && a.every((axis, i) => axis === b[i]));

/** A transpose, or a reshape where only axes of size 1 move. */
export function permute(x: Tensor, permutation: readonly number[]): Tensor {
  const moved = permutation.filter((axis) => x.shape[axis] !== 1);
  const keepsPlace = moved.every((axis, i) => i === 0 || axis > (moved[i - 1] as number));
  return keepsPlace
    ? reshape(
        x,
        permutation.map((axis) => x.shape[axis] ?? 1),
      )
    : transpose(x, permutation);
}

/** Normal form: an order that changes nothing is none. */
export const laid = (stored: Tensor, order?: Order): Laid => ({
  stored,
  order: order?.every((axis, i) => axis === i) ? undefined : order,
});

/** How `shape` lies in memory under `order`. */
export const storedShape = <D>(shape: readonly D[], order: Order): readonly D[] =>
  order === undefined ? shape : inverse(order).map((axis) => shape[axis] as D);

/** `x` rearranged so that it lies in memory under `order`. */
export function rearranged({ stored, order }: Laid, wanted: Order): Tensor {
  if (sameOrder(order, wanted)) return stored;
  const logical = order ?? stored.shape.map((_, i) => i);
  const permutation = wanted === undefined ? logical : inverse(wanted).map((axis) => logical[axis] as number);
  return permute(stored, permutation);
}
