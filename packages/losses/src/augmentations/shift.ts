import { cast, equal, type Tensor } from '@ganymede/tensor';
import { counting } from '../places.js';

/**
 * Images `[batch, channels, height, width]` moved down by `rows` and right by `columns` pixels, whole numbers per sample
 * `[batch, 1, 1, 1]` in x's dtype; what comes in from outside is 0. As products with matrices that pick pixels.
 */
export function shift(x: Tensor, rows: Tensor, columns: Tensor): Tensor {
  const [height, width] = [Number(x.shape[2]), Number(x.shape[3])];
  // Element (i, j) of the matrix: whether pixel j goes to place i.
  const picks = (size: number, by: Tensor): Tensor => {
    const places = counting(size, x.dtype);
    const from = places.reshape([1, 1, 1, size]).add(by);
    return cast(equal(places.reshape([1, 1, size, 1]), from), x.dtype);
  };
  const moved = picks(height, rows).matmul(x);
  return moved.matmul(picks(width, columns).transpose([0, 1, 3, 2]));
}
