import type { Divergence } from './divergence.js';

/**
 * Jeffrey, KL(p|q) + KL(q|p) = ∫ (p − q) log(p/q): f(u) = (u − 1) log u. Its conjugate needs Lambert's W in t; in the logit
 * v = log u it does not: g(v) = f′(eᵛ) = v + 1 − e⁻ᵛ and f*(g(v)) = eᵛ − 1 + v.
 */
export const jeffrey: Divergence = {
  generator: '(u − 1) log u',
  activation: (v) => v.add(1).sub(v.neg().exp()),
  conjugate: (v) => v.exp().sub(1).add(v),
  bestLogit: (u) => Math.log(u),
  range: [0, Infinity],
};
