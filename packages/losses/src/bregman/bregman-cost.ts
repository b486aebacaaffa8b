import type { Tensor } from '@ganymede/tensor';
import type { BregmanFunction } from './bregman-function.js';

/** D_φ(x, y) = φ(x) − φ(y) − φ′(y)(x − y), element by element; operands broadcast. 0 exactly where x = y, else above. */
export const bregmanCost = (x: Tensor, y: Tensor, phi: BregmanFunction): Tensor =>
  phi
    .value(x)
    .sub(phi.value(y))
    .sub(phi.slope(y).mul(x.sub(y)));
