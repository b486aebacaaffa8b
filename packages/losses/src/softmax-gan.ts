import { defineLoss } from '@ganymede/core';
import { concat, logSumExp, type Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { required } from './loss-input.js';
import { notNegative } from './ranges.js';
import { onRawLogits } from './raw-logits.js';

const all = (real: Tensor, fake: Tensor): Tensor => concat([real.reshape([-1]), fake.reshape([-1])], 0);

/**
 * Softmax GAN (Lin 2017, eq. 7-8) on raw logits of any shape: the softmax over all logits of a batch, real and generated, is a
 * distribution over samples. D minimises its cross-entropy with "uniform over the real ones", G with "uniform over all".
 * D: log Σ exp − E real; G: log Σ exp − mean over all. The generator's part needs the real logits.
 *
 * @throws `GANYMEDE_LOGITS`, `GANYMEDE_LOSS_INPUT`
 */
export const softmaxGan = defineLoss({
  id: '@ganymede/losses/softmax-gan',
  summary: 'Softmax cross-entropy over the batch (Lin 2017)',
  reference: {
    title: 'Softmax GAN',
    authors: 'Lin',
    year: 2017,
    formulas: {
      discriminator: { equation: 'log Σ exp(r, g) − E r', range: notNegative },
      generator: { equation: 'log Σ exp(r, g) − mean(r, g)', range: notNegative },
    },
  },
  options: z.object({}),
  create: () =>
    onRawLogits('softmaxGan', {
      discriminator: (real, fake) => logSumExp(all(real, fake)).sub(real.mean()),
      generator(fake, given) {
        const real = required(given, 'softmaxGan', 'the logits of real samples for the generator');
        const logits = all(real, fake);
        return logSumExp(logits).sub(logits.mean());
      },
    }),
});
