import type { Tensor } from '../tensor.js';
import { absolutePower, root } from './lp-pool.js';
import { sum } from './reduce-sum.js';

/**
 * (Σ |x|^p)^(1/p) of each channel of `[N, C, ...]` over all spatial axes, which stay as size 1. Composite of a sum, whose errors
 * apply; the derivative does not exist where a channel holds zeros only.
 */
export const globalLpPool = (x: Tensor, p = 2): Tensor =>
  root(sum(absolutePower(x, p), x.shape.map((_, i) => i).slice(2), true), p);
