import type { Tensor } from '../tensor.js';
import { mean } from './reduce-mean.js';

/** Mean of each channel of `[N, C, ...]` over all spatial axes, which stay as size 1. Composite: a mean, whose errors apply. */
export const globalAveragePool = (x: Tensor): Tensor => mean(x, x.shape.map((_, i) => i).slice(2), true);
