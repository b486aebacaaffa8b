import { defineLoss } from '@ganymede/core';
import { z } from 'zod';
import { discriminatorCrossEntropy } from './cross-entropy.js';
import { notNegative, notPositive } from './ranges.js';
import { onRawLogits } from './raw-logits.js';

/**
 * The original, saturating game (Goodfellow et al. 2014, eq. 1) on raw logits of any shape: D minimises
 * mean softplus(−real) + mean softplus(fake), G minimises −mean softplus(fake). The generator's derivative vanishes where the
 * discriminator is sure (−3.35e-4 at −8); {@link nonSaturating} is the usual choice. Discriminator at the optimum: log 4 − 2·JS.
 *
 * @throws `GANYMEDE_LOGITS`
 */
export const minimax = defineLoss({
  id: '@ganymede/losses/minimax',
  summary: 'Minimax, saturating (Goodfellow et al. 2014, eq. 1)',
  reference: {
    title: 'Generative adversarial nets',
    authors: 'Goodfellow et al.',
    year: 2014,
    formulas: {
      discriminator: { equation: 'E softplus(−r) + E softplus(g)', range: notNegative },
      generator: { equation: '−E softplus(g)', range: notPositive },
    },
  },
  options: z.object({}),
  create: () =>
    onRawLogits('minimax', {
      discriminator: discriminatorCrossEntropy,
      generator: (fake) => fake.softplus().mean().neg(),
    }),
});
