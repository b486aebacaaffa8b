import { defineLoss } from '@ganymede/core';
import { z } from 'zod';
import { anyNumber } from './ranges.js';
import { onRawLogits } from './raw-logits.js';

/**
 * Wasserstein GAN (Arjovsky et al. 2017, eq. 2-3) on raw scores of any shape: the critic minimises E fake − E real, G minimises
 * −E fake. Means nothing unless the critic is held to a slope: add `gradientPenalty()` or `weightClipping()`, or use
 * `spectralNorm` layers.
 *
 * @throws `GANYMEDE_LOGITS`
 */
export const wasserstein = defineLoss({
  id: '@ganymede/losses/wasserstein',
  summary: 'Wasserstein (Arjovsky et al. 2017); needs a Lipschitz constraint',
  reference: {
    title: 'Wasserstein generative adversarial networks',
    authors: 'Arjovsky et al.',
    year: 2017,
    formulas: {
      discriminator: { equation: 'E g − E r', range: anyNumber },
      generator: { equation: '−E g', range: anyNumber },
    },
  },
  options: z.object({}),
  create: () =>
    onRawLogits('wasserstein', {
      discriminator: (real, fake) => fake.mean().sub(real.mean()),
      generator: (fake) => fake.mean().neg(),
    }),
});
