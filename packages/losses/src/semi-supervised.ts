import { defineLoss } from '@ganymede/core';
import { formatShape, GanymedeError, logSumExp, type Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { classCrossEntropy } from './class-cross-entropy.js';
import { featureDistance } from './feature-distance.js';
import { notNegative } from './ranges.js';
import { required } from './loss-input.js';
import { onRawLogits, requireLogits } from './raw-logits.js';

const name = 'semiSupervised';

/** Logit of "real": with the generated class's logit fixed at 0 its probability is σ(log Σ exp(class logits)). */
function realness(classes: Tensor): Tensor {
  if (classes.rank === 2 && Number(classes.shape[1]) >= 2) return logSumExp(classes, 1);
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${name}: expected class logits [batch, classes] with at least 2 classes, got ${formatShape(classes.shape)}`,
    hint: 'the discriminator has one logit per class of the data; the logit of the generated class is fixed at 0',
  });
}

/**
 * Semi-supervised learning with K + 1 classes (Salimans et al. 2016, section 5). The discriminator is a classifier with raw logits
 * `[batch, K]`; class K + 1, "generated", has logit 0. With Z = log Σ exp(logits), D minimises
 * unlabelledWeight · (E softplus(−Z(real)) + E softplus(Z(fake))) + supervisedWeight · the cross-entropy of the labelled real
 * samples, whose class logits and labels come in the loss's last argument (`classes.real`, `labels.real`; a batch of its own size).
 * G matches features (`features` in the last argument), or with `generator: 'non-saturating'` minimises E softplus(−Z(fake)).
 *
 * @throws `GANYMEDE_LOGITS`, `GANYMEDE_LOSS_INPUT`, `GANYMEDE_SHAPE`, `GANYMEDE_DTYPE`, `GANYMEDE_LABEL`
 */
export const semiSupervised = defineLoss({
  id: '@ganymede/losses/semi-supervised',
  summary: 'Semi-supervised with K + 1 classes (Salimans et al. 2016)',
  reference: {
    title: 'Improved techniques for training GANs, section 5',
    authors: 'Salimans et al.',
    year: 2016,
    formulas: {
      discriminator: {
        equation: 'C(labelled) + ½ E softplus(−Z(real)) + ½ E softplus(Z(fake))',
        range: notNegative,
      },
      generator: { equation: 'mean (E h(real) − E h(fake))², or E softplus(−Z(fake))', range: notNegative },
    },
  },
  options: z.object({
    supervisedWeight: z.number().nonnegative().default(1).describe('factor of the labelled cross-entropy'),
    unlabelledWeight: z.number().nonnegative().default(0.5).describe('factor of each of the other two terms'),
    generator: z
      .enum(['feature-matching', 'non-saturating'])
      .default('feature-matching')
      .describe('what the generator minimises'),
  }),
  create: ({ supervisedWeight, unlabelledWeight, generator }) =>
    onRawLogits(name, {
      discriminator(real, fake, input) {
        const unlabelled = realness(real).neg().softplus().mean().add(realness(fake).softplus().mean());
        const weighted = unlabelled.mul(unlabelledWeight);
        if (supervisedWeight === 0) return weighted;
        const logits = required(input?.classes?.real, name, 'class logits of labelled samples');
        requireLogits(name, 'labelled', logits);
        const labels = required(input?.labels?.real, name, 'labels of labelled samples');
        return weighted.add(classCrossEntropy(logits, labels).mul(supervisedWeight));
      },
      generator: (fake, _real, input) =>
        generator === 'non-saturating'
          ? realness(fake).neg().softplus().mean()
          : featureDistance(input?.features, name),
    }),
});
