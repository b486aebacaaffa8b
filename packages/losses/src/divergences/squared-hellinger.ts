import { sub } from '@ganymede/tensor';
import type { Divergence } from './divergence.js';

/** Squared Hellinger distance, ∫ (√p − √q)²: f(u) = (√u − 1)², f*(t) = t/(1 − t), g(v) = 1 − exp(−v). */
export const squaredHellinger: Divergence = {
  generator: '(√u − 1)²',
  activation: (v) => sub(1, v.neg().exp()),
  conjugate: (v) => v.exp().sub(1),
  bestLogit: (u) => Math.log(u) / 2,
  range: [0, 2],
};
