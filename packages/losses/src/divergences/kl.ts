import type { Divergence } from './divergence.js';

/** Kullback-Leibler, ∫ p log(p/q): f(u) = u log u, f*(t) = exp(t − 1). */
export const kl: Divergence = {
  generator: 'u log u',
  activation: (v) => v,
  conjugate: (v) => v.sub(1).exp(),
  bestLogit: (u) => 1 + Math.log(u),
  range: [0, Infinity],
};
