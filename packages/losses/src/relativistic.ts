import { defineLoss } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { required } from './loss-input.js';
import { margins } from './margins.js';
import { notNegative } from './ranges.js';
import { onRawLogits, requirePairs } from './raw-logits.js';

/**
 * Relativistic GAN (Jolicoeur-Martineau 2019, RpGAN) on raw logits of any shape, real and generated of one batch size: each real
 * sample should look more real than the generated one of its row. D minimises E h(real − fake), G minimises E h(fake − real),
 * where h(x) is softplus(−x), max(0, 1 − x) or (x − 1)² by `form`. The generator's part needs the real logits.
 *
 * @throws `GANYMEDE_LOGITS`, `GANYMEDE_SHAPE`, `GANYMEDE_LOSS_INPUT`
 */
export const relativistic = defineLoss({
  id: '@ganymede/losses/relativistic',
  summary: 'Relativistic, paired (Jolicoeur-Martineau 2019)',
  reference: {
    title: 'The relativistic discriminator: a key element missing from standard GAN',
    authors: 'Jolicoeur-Martineau',
    year: 2019,
    formulas: {
      discriminator: { equation: 'E h(r − g)', range: notNegative },
      generator: { equation: 'E h(g − r)', range: notNegative },
    },
  },
  options: z.object({
    form: z
      .enum(['cross-entropy', 'hinge', 'least-squares'])
      .default('cross-entropy')
      .describe('h: softplus(−x), max(0, 1 − x) or (x − 1)²'),
  }),
  create({ form }) {
    const better = (x: Tensor, y: Tensor): Tensor => {
      requirePairs('relativistic', x, y);
      return margins[form](x.sub(y)).mean();
    };
    return onRawLogits('relativistic', {
      discriminator: (real, fake) => better(real, fake),
      generator: (fake, real) =>
        better(fake, required(real, 'relativistic', 'the logits of real samples for the generator')),
    });
  },
});
