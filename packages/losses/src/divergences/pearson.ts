import type { Divergence } from './divergence.js';

/** Pearson's χ², ∫ (p − q)²/q: f(u) = (u − 1)², f*(t) = t²/4 + t. */
export const pearson: Divergence = {
  generator: '(u − 1)²',
  activation: (v) => v,
  conjugate: (v) => v.square().mul(0.25).add(v),
  bestLogit: (u) => 2 * (u - 1),
  range: [0, Infinity],
};
