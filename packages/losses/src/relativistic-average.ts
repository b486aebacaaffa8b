import { defineLoss } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { required } from './loss-input.js';
import { margins } from './margins.js';
import { notNegative } from './ranges.js';
import { onRawLogits } from './raw-logits.js';

/**
 * Relativistic average GAN (Jolicoeur-Martineau 2019, RaGAN) on raw logits of any shape: real samples should look more real than
 * the average generated one, and generated ones less than the average real one. D minimises E h(real − E fake) +
 * E h(E real − fake), G the same with real and fake exchanged, h as in {@link relativistic}. ESRGAN's loss is the
 * cross-entropy form. The generator's part needs the real logits.
 *
 * @throws `GANYMEDE_LOGITS`, `GANYMEDE_LOSS_INPUT`
 */
export const relativisticAverage = defineLoss({
  id: '@ganymede/losses/relativistic-average',
  summary: 'Relativistic average (Jolicoeur-Martineau 2019)',
  reference: {
    title: 'The relativistic discriminator: a key element missing from standard GAN',
    authors: 'Jolicoeur-Martineau',
    year: 2019,
    formulas: {
      discriminator: { equation: 'E h(r − E g) + E h(E r − g)', range: notNegative },
      generator: { equation: 'E h(g − E r) + E h(E g − r)', range: notNegative },
    },
  },
  options: z.object({
    form: z
      .enum(['cross-entropy', 'hinge', 'least-squares'])
      .default('cross-entropy')
      .describe('h: softplus(−x), max(0, 1 − x) or (x − 1)²'),
  }),
  create({ form }) {
    const margin = margins[form];
    const better = (x: Tensor, y: Tensor): Tensor =>
      margin(x.sub(y.mean()))
        .mean()
        .add(margin(x.mean().sub(y)).mean());
    return onRawLogits('relativisticAverage', {
      discriminator: (real, fake) => better(real, fake),
      generator: (fake, real) =>
        better(fake, required(real, 'relativisticAverage', 'the logits of real samples for the generator')),
    });
  },
});
