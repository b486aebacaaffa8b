import { sub } from '@ganymede/tensor';
import type { Divergence } from './divergence.js';

/** Neyman's χ², ∫ (p − q)²/p: f(u) = (1 − u)²/u, f*(t) = 2 − 2√(1 − t), g(v) = 1 − exp(−v). */
export const neyman: Divergence = {
  generator: '(1 − u)²/u',
  activation: (v) => sub(1, v.neg().exp()),
  conjugate: (v) => sub(2, v.mul(-0.5).exp().mul(2)),
  bestLogit: (u) => 2 * Math.log(u),
  range: [0, Infinity],
};
