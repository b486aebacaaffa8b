import type { Divergence } from './divergence.js';

/** Total variation, ½ ∫ |p − q|: f(u) = ½|u − 1|, f*(t) = t on [−½, ½], g(v) = ½ tanh v. The bound is reached at infinity. */
export const totalVariation: Divergence = {
  generator: '½ |u − 1|',
  activation: (v) => v.tanh().mul(0.5),
  conjugate: (v) => v.tanh().mul(0.5),
  bestLogit: (u) => 40 * Math.sign(u - 1),
  range: [0, 1],
};
