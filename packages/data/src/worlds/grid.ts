import { gaussians } from './gaussians.js';
import type { World } from './world.js';

const grid = (spacing: number, sigma: number): World =>
  gaussians(
    Array.from({ length: 25 }, (_, k) => [spacing * (Math.floor(k / 5) - 2), spacing * ((k % 5) - 2)]),
    sigma,
  );

/**
 * 25 Gaussians on a 5 by 5 grid, 2 apart, sigma 0.05. `wgan-gp` (Gulrajani et al. 2017, the authors' toy code): all divided by
 * 2.828; `veegan` (Srivastava et al. 2017; PacGAN, Lin et al. 2018): as it is, covariance 0.0025 I.
 */
export const gridWorlds = {
  'wgan-gp': () => grid(2 / 2.828, 0.05 / 2.828),
  veegan: () => grid(2, 0.05),
};
