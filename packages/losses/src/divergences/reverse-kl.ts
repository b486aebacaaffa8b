import type { Divergence } from './divergence.js';

/** Reverse Kullback-Leibler, ∫ q log(q/p): f(u) = −log u, f*(t) = −1 − log(−t), g(v) = −exp(−v). */
export const reverseKl: Divergence = {
  generator: '−log u',
  activation: (v) => v.neg().exp().neg(),
  conjugate: (v) => v.sub(1),
  bestLogit: (u) => Math.log(u),
  range: [0, Infinity],
};
