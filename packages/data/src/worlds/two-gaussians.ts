import { gaussians } from './gaussians.js';
import type { World } from './world.js';

/** Two Gaussians at (-2, 0) and (2, 0), sigma 0.3: what a single Gaussian covers (KL) or misses half of (reverse KL). */
export const twoGaussians = (): World =>
  gaussians(
    [
      [-2, 0],
      [2, 0],
    ],
    0.3,
  );
