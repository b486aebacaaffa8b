import type { BregmanFunction } from './bregman-function.js';

/** φ(x) = −log x for x > 0: the cost is x/y − log(x/y) − 1, the Itakura-Saito distance. */
export const burg: BregmanFunction = {
  formula: '−log x, x > 0',
  value: (x) => x.log().neg(),
  slope: (x) => x.pow(-1).neg(),
};
