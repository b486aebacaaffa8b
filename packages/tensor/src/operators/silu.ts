import type { Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { sigmoid } from './sigmoid.js';

/**
 * `x * sigmoid(x)`, also called swish (Elfwing et al., 2017; Ramachandran et al., 2017). Composite.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`).
 */
export const silu = (x: Tensor): Tensor => mul(x, sigmoid(x));
