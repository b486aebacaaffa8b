import type { Tensor } from '../tensor.js';
import { mul } from './mul.js';

/** Each element times itself. Composite: `mul(x, x)`. */
export const square = (x: Tensor): Tensor => mul(x, x);
