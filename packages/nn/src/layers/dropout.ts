import type { Network } from '@ganymede/core';
import { less, where } from '@ganymede/tensor';
import { requireShare } from './argument.js';
import { stateless } from './stateless.js';

/**
 * In training, zeroes each element with probability `rate` in [0, 1) and scales the others by 1 / (1 − rate), so that the
 * mean stays; identity otherwise. Srivastava et al. 2014. The uniform noise is an input of the graph, so the dimensions of
 * the input must be known when it is run. Any shape.
 */
export function dropout(rate: number): Network {
  requireShare('dropout', 'rate', rate);
  const keep = 1 - rate;
  return stateless('dropout', (x, ctx) => {
    if (!ctx.training || rate === 0) return x;
    const noise = ctx.noise('mask', x.shape, { kind: 'uniform', low: 0, high: 1 });
    return where(less(noise, keep), x.mul(1 / keep), 0);
  });
}
