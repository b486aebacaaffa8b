import { defineLoss } from '@ganymede/core';
import { z } from 'zod';

/**
 * Wasserstein GAN (Arjovsky et al. 2017, eq. 2-3) on raw scores of any shape: the critic minimises E fake − E real, G minimises
 * −E fake. Means nothing unless the critic is held to a slope: add `gradientPenalty()` or `spectralNorm` layers.
 */
export const wasserstein = defineLoss({
  id: '@ganymede/losses/wasserstein',
  summary: 'Wasserstein (Arjovsky et al. 2017); needs a Lipschitz constraint',
  options: z.object({}),
  create: () => ({
    discriminator: (real, fake) => fake.mean().sub(real.mean()),
    generator: (fake) => fake.mean().neg(),
  }),
});
