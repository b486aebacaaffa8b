import { defineLoss } from '@ganymede/core';
import { z } from 'zod';
import { discriminatorCrossEntropy } from './cross-entropy.js';

/**
 * The original, saturating game (Goodfellow et al. 2014, eq. 1) on raw logits of any shape: D minimises
 * mean softplus(−real) + mean softplus(fake), G minimises −mean softplus(fake). The generator's derivative vanishes where the
 * discriminator is sure (−3.35e-4 at −8); {@link nonSaturating} is the usual choice. Discriminator at the optimum: log 4 − 2·JS.
 */
export const minimax = defineLoss({
  id: '@ganymede/losses/minimax',
  summary: 'Minimax, saturating (Goodfellow et al. 2014, eq. 1)',
  options: z.object({}),
  create: () => ({
    discriminator: discriminatorCrossEntropy,
    generator: (fake) => fake.softplus().mean().neg(),
  }),
});
