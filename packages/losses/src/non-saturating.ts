import { defineLoss } from '@ganymede/core';
import { z } from 'zod';
import { discriminatorCrossEntropy } from './cross-entropy.js';
import { notNegative } from './ranges.js';
import { onRawLogits } from './raw-logits.js';

/**
 * Non-saturating GAN (Goodfellow et al. 2014, section 3) on raw logits of any shape: D as in {@link minimax}, G minimises
 * mean softplus(−fake) = −E log σ(fake), whose derivative is −0.99966 where the saturating one's is −3.35e-4 (logit −8).
 *
 * @throws `GANYMEDE_LOGITS`
 */
export const nonSaturating = defineLoss({
  id: '@ganymede/losses/non-saturating',
  summary: 'Non-saturating (Goodfellow et al. 2014, section 3)',
  reference: {
    title: 'Generative adversarial nets, section 3',
    authors: 'Goodfellow et al.',
    year: 2014,
    formulas: {
      discriminator: { equation: 'E softplus(−r) + E softplus(g)', range: notNegative },
      generator: { equation: 'E softplus(−g)', range: notNegative },
    },
  },
  options: z.object({}),
  create: () =>
    onRawLogits('nonSaturating', {
      discriminator: discriminatorCrossEntropy,
      generator: (fake) => fake.neg().softplus().mean(),
    }),
});
