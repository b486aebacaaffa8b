import { sub } from '@ganymede/tensor';
import type { Divergence } from './divergence.js';

/** Twice Jensen-Shannon: f(u) = u log u − (u + 1) log((1 + u)/2), f*(t) = −log(2 − exp t), g(v) = log 2 − softplus(−v). */
export const jensenShannon: Divergence = {
  generator: 'u log u − (u + 1) log((1 + u)/2)',
  activation: (v) => sub(Math.LN2, v.neg().softplus()),
  conjugate: (v) => v.softplus().sub(Math.LN2),
  bestLogit: (u) => Math.log(u),
  range: [0, 2 * Math.LN2],
};
