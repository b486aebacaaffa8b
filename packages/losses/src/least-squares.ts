import { defineLoss } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { notNegative } from './ranges.js';
import { onRawLogits } from './raw-logits.js';

const halfMeanSquare = (x: Tensor): Tensor => x.square().mean().mul(0.5);

/**
 * Least squares GAN (Mao et al. 2017, eq. 2). Raw logits of any shape. D minimises ½ E(real − b)² + ½ E(fake − a)², G minimises
 * ½ E(fake − c)². With b − c = 1 and b − a = 2, such as (−1, 1, 0), G minimises Pearson's χ²; the default is the 0-1 coding.
 *
 * @throws `GANYMEDE_LOGITS`
 */
export const leastSquares = defineLoss({
  id: '@ganymede/losses/least-squares',
  summary: 'Least squares (Mao et al. 2017, eq. 2)',
  reference: {
    title: 'Least squares generative adversarial networks',
    authors: 'Mao et al.',
    year: 2017,
    formulas: {
      discriminator: { equation: '½ E(r − b)² + ½ E(g − a)²', range: notNegative },
      generator: { equation: '½ E(g − c)²', range: notNegative },
    },
  },
  options: z.object({
    a: z.number().default(0).describe('what the discriminator should say of generated samples'),
    b: z.number().default(1).describe('what the discriminator should say of real samples'),
    c: z.number().default(1).describe('what the generator wants the discriminator to say'),
  }),
  create: ({ a, b, c }) =>
    onRawLogits('leastSquares', {
      discriminator: (real, fake) => halfMeanSquare(real.sub(b)).add(halfMeanSquare(fake.sub(a))),
      generator: (fake) => halfMeanSquare(fake.sub(c)),
    }),
});
