import type { Divergence } from './divergence.js';

/** The original GAN, 2·JS − log 4: f(u) = u log u − (u + 1) log(u + 1), f*(t) = −log(1 − exp t), g(v) = −softplus(−v). */
export const gan: Divergence = {
  generator: 'u log u − (u + 1) log(u + 1)',
  activation: (v) => v.neg().softplus().neg(),
  conjugate: (v) => v.softplus(),
  bestLogit: (u) => Math.log(u),
  range: [-2 * Math.LN2, 0],
};
