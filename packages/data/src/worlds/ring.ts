import { gaussians } from './gaussians.js';
import type { World } from './world.js';

const ring = (radius: number, sigma: number): World =>
  gaussians(
    Array.from({ length: 8 }, (_, k) => [
      radius * Math.cos((k * Math.PI) / 4),
      radius * Math.sin((k * Math.PI) / 4),
    ]),
    sigma,
  );

/**
 * 8 Gaussians on a circle. `wgan-gp` (Gulrajani et al. 2017, the authors' toy code): radius 2, sigma 0.02, all divided by 1.414;
 * `veegan` (Srivastava et al. 2017; PacGAN, Lin et al. 2018): radius 1, covariance 0.0001 I.
 */
export const ringWorlds = {
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: the published divisor is the rounded one
  'wgan-gp': () => ring(2 / 1.414, 0.02 / 1.414),
  veegan: () => ring(1, 0.01),
};
