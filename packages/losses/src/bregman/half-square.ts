import type { BregmanFunction } from './bregman-function.js';

/** φ(x) = ½x²: the cost is ½(x − y)². */
export const halfSquare: BregmanFunction = {
  formula: '½ x²',
  value: (x) => x.square().mul(0.5),
  slope: (x) => x,
};
