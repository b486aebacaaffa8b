import type { Tensor } from '../tensor.js';
import { clip } from './clip.js';
import { log } from './log.js';
import { neg } from './neg.js';

/**
 * Numbers of the standard Gumbel distribution, `-log(-log(u))`, one for each element `u` of uniform noise on [0, 1). Composite.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). `u` is kept 2^-24 away from 0 and 1, so that the result is finite:
 * between -2.9 and 16.7.
 */
export const gumbel = (uniform: Tensor): Tensor => neg(log(neg(log(clip(uniform, 2 ** -24, 1 - 2 ** -24)))));
