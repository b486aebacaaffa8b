import type { Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { softplus } from './softplus.js';
import { tanh } from './tanh.js';

/**
 * `x * tanh(softplus(x))` (Misra, 2019). Composite: opset 17 has no Mish.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`).
 */
export const mish = (x: Tensor): Tensor => mul(x, tanh(softplus(x)));
