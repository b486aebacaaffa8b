import type { Tensor } from '../tensor.js';
import { max } from './reduce-max.js';

/** Largest element of each channel of `[N, C, ...]` over all spatial axes, which stay as size 1. Composite: a max, whose errors apply. */
export const globalMaxPool = (x: Tensor): Tensor => max(x, x.shape.map((_, i) => i).slice(2), true);
