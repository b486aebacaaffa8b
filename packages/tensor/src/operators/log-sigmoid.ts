import type { Tensor } from '../tensor.js';
import { neg } from './neg.js';
import { softplus } from './softplus.js';

/**
 * `log(sigmoid(x))` of each element, without overflow: the log-probability that a logit means. Composite: `-softplus(-x)`.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`).
 */
export const logSigmoid = (x: Tensor): Tensor => neg(softplus(neg(x)));
