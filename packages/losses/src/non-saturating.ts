import { defineLoss } from '@ganymede/core';
import { z } from 'zod';
import { discriminatorCrossEntropy } from './cross-entropy.js';

/**
 * Non-saturating GAN (Goodfellow et al. 2014, section 3) on raw logits of any shape: D as in {@link minimax}, G minimises
 * mean softplus(−fake) = −E log σ(fake), whose derivative is −0.99966 where the saturating one's is −3.35e-4 (logit −8).
 */
export const nonSaturating = defineLoss({
  id: '@ganymede/losses/non-saturating',
  summary: 'Non-saturating (Goodfellow et al. 2014, section 3)',
  options: z.object({}),
  create: () => ({
    discriminator: discriminatorCrossEntropy,
    generator: (fake) => fake.neg().softplus().mean(),
  }),
});
