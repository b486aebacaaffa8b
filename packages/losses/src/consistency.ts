import { defineRegularizer } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { augmentationNames, augmentations } from './augmentations/index.js';
import { notNegative } from './ranges.js';

/**
 * Consistency regularization: weight · E (D(x) − D(T(x)))² at real samples (CR-GAN, Zhang et al. 2020, eq. 2), and with `fakeWeight`
 * the same at generated ones (balanced, Zhao et al. 2021), where T is the given augmentations one after the other. The squares
 * are summed over the logits of a sample. `flip` and `translation` want images, `noise` any samples.
 *
 * @throws `GANYMEDE_SHAPE` for augmentations of images on other samples
 */
export const consistency = defineRegularizer({
  id: '@ganymede/losses/consistency',
  summary: 'Equal logits for augmented samples (CR-GAN, Zhang et al. 2020)',
  reference: {
    title: 'Consistency regularization for generative adversarial networks',
    authors: 'Zhang et al.',
    year: 2020,
    formulas: { penalty: { equation: 'λ E (D(x) − D(T(x)))²', range: notNegative } },
  },
  options: z.object({
    weight: z.number().nonnegative().default(10).describe('λ, factor at real samples'),
    fakeWeight: z.number().nonnegative().default(0).describe('factor at generated samples (bCR: 10)'),
    augmentations: z
      .array(z.enum(augmentationNames))
      .min(1)
      .default(['flip', 'translation'])
      .describe('T, applied in this order'),
  }),
  create: ({ weight, fakeWeight, augmentations: names }) => ({
    name: 'consistency',
    penalty({ discriminate, real, fake, realLogits, fakeLogits, ctx }) {
      const distance = (samples: Tensor, logits: Tensor): Tensor => {
        const changed = names.reduce((x, name) => augmentations[name].apply(x, ctx.child(name)), samples);
        const axes = logits.shape.map((_, i) => i).slice(1);
        return logits.sub(discriminate(changed)).square().sum(axes).mean();
      };
      const ofReal = distance(real, realLogits).mul(weight);
      return fakeWeight === 0 ? ofReal : ofReal.add(distance(fake, fakeLogits).mul(fakeWeight));
    },
  }),
});
