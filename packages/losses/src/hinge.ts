import { defineLoss } from '@ganymede/core';
import { sub } from '@ganymede/tensor';
import { z } from 'zod';
import { anyNumber, notNegative } from './ranges.js';
import { onRawLogits } from './raw-logits.js';

/**
 * Hinge loss (Lim and Ye 2017; Miyato et al. 2018, eq. 16-17) on raw logits of any shape: D minimises
 * E max(0, 1 − real) + E max(0, 1 + fake), G minimises −E fake. Samples beyond the margin no longer move the discriminator.
 *
 * @throws `GANYMEDE_LOGITS`
 */
export const hinge = defineLoss({
  id: '@ganymede/losses/hinge',
  summary: 'Hinge (Lim and Ye 2017)',
  reference: {
    title: 'Geometric GAN',
    authors: 'Lim and Ye',
    year: 2017,
    formulas: {
      discriminator: { equation: 'E max(0, 1 − r) + E max(0, 1 + g)', range: notNegative },
      generator: { equation: '−E g', range: anyNumber },
    },
  },
  options: z.object({}),
  create: () =>
    onRawLogits('hinge', {
      discriminator: (real, fake) => sub(1, real).relu().mean().add(fake.add(1).relu().mean()),
      generator: (fake) => fake.mean().neg(),
    }),
});
