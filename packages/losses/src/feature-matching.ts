import { defineLoss } from '@ganymede/core';
import { z } from 'zod';
import { discriminatorCrossEntropy } from './cross-entropy.js';
import { featureDistance } from './feature-distance.js';
import { notNegative } from './ranges.js';
import { onRawLogits } from './raw-logits.js';

/**
 * Feature matching (Salimans et al. 2016, section 3.1): D as in {@link nonSaturating}; G brings the mean of a layer of the
 * discriminator over generated samples to that over real ones: mean over features of (E h(real) − E h(fake))², plus
 * `adversarialWeight` · the non-saturating loss. The features `[batch, …]` of both sides come in the loss's last argument.
 *
 * @throws `GANYMEDE_LOGITS`, `GANYMEDE_LOSS_INPUT`
 */
export const featureMatching = defineLoss({
  id: '@ganymede/losses/feature-matching',
  summary: 'Feature matching (Salimans et al. 2016)',
  reference: {
    title: 'Improved techniques for training GANs, section 3.1',
    authors: 'Salimans et al.',
    year: 2016,
    formulas: {
      discriminator: { equation: 'E softplus(−r) + E softplus(g)', range: notNegative },
      generator: { equation: 'mean (E h(real) − E h(fake))² + μ E softplus(−g)', range: notNegative },
    },
  },
  options: z.object({
    weight: z.number().nonnegative().default(1).describe('factor of the distance between mean features'),
    adversarialWeight: z
      .number()
      .nonnegative()
      .default(0)
      .describe('μ, factor of the non-saturating loss beside it'),
  }),
  create: ({ weight, adversarialWeight }) =>
    onRawLogits('featureMatching', {
      discriminator: discriminatorCrossEntropy,
      generator(fake, _real, input) {
        const distance = featureDistance(input?.features, 'featureMatching').mul(weight);
        if (adversarialWeight === 0) return distance;
        return distance.add(fake.neg().softplus().mean().mul(adversarialWeight));
      },
    }),
});
