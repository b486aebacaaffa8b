import type { BregmanFunction } from './bregman-function.js';

/** φ(x) = x log x for x > 0: the cost is x log(x/y) − x + y, the generalised Kullback-Leibler divergence. */
export const negEntropy: BregmanFunction = {
  formula: 'x log x, x > 0',
  value: (x) => x.mul(x.log()),
  slope: (x) => x.log().add(1),
};
