import { formatShape, GanymedeError, type Tensor } from '@ganymede/tensor';
import { placesOf, rowsByPlace } from '../places.js';

/**
 * The elements of `x` `[n]` in increasing order. The order itself is a constant of differentiation: each sorted element's
 * gradient goes to where it came from. By comparing all pairs, so for some thousands of elements at most.
 *
 * @throws `GANYMEDE_SHAPE`
 */
export function sorted(x: Tensor): Tensor {
  const [count] = x.shape;
  if (x.rank === 1 && typeof count === 'number') return rowsByPlace(x, placesOf(x, count), count, count);
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `expected samples [n] with a known n, got ${formatShape(x.shape)}`,
    hint: 'reshape one-dimensional samples to [-1] at a fixed batch size',
  });
}
