import { and, cast, constant, equal, less, or, type Tensor } from '@ganymede/tensor';

/** 0, 1 … count − 1 as `[count]`. */
export const counting = (count: number, dtype: Tensor['dtype']): Tensor =>
  constant(
    Array.from({ length: count }, (_, i) => i),
    dtype,
  );

/**
 * Place of each element of `x` `[count]` in increasing order, from 0, in x's dtype; equal elements keep their order, so that no two
 * get one place. Compares all pairs: for some thousands of elements at most. Not differentiable.
 */
export function placesOf(x: Tensor, count: number): Tensor {
  const places = counting(count, x.dtype);
  const [column, row] = [x.reshape([count, 1]), x.reshape([1, count])];
  const earlier = less(places.reshape([1, count]), places.reshape([count, 1]));
  const before = or(less(row, column), and(equal(row, column), earlier));
  return cast(before, x.dtype).sum(1);
}

/** The rows of `x` `[count, …]` whose place is 0, 1 … `keep` − 1, in that order: `[keep, …]`. Differentiable for `x`. */
export function rowsByPlace(x: Tensor, places: Tensor, count: number, keep: number): Tensor {
  const wanted = counting(keep, places.dtype).reshape([keep, 1]);
  const moves = cast(equal(places.reshape([1, count]), wanted), x.dtype);
  return moves.matmul(x.reshape([count, -1])).reshape([keep, ...x.shape.slice(1)]);
}
