import { defineLoss } from '@ganymede/core';
import { z } from 'zod';
import { classCrossEntropy } from './class-cross-entropy.js';
import { hinge } from './hinge.js';
import { leastSquares } from './least-squares.js';
import { required } from './loss-input.js';
import { minimax } from './minimax.js';
import { nonSaturating } from './non-saturating.js';
import { anyNumber } from './ranges.js';
import { requireLogits } from './raw-logits.js';
import { wasserstein } from './wasserstein.js';

const name = 'auxiliaryClassifier';
const games = {
  'non-saturating': () => nonSaturating(),
  minimax: () => minimax(),
  hinge: () => hinge(),
  'least-squares': () => leastSquares(),
  wasserstein: () => wasserstein(),
} as const;

/**
 * Auxiliary classifier GAN (Odena et al. 2017, eq. 2-3): an adversarial loss on raw logits of any shape, and the cross-entropy C
 * of class logits `[batch, classes]` with labels `[batch]`. D adds weight · (C(real) + fakeWeight · C(fake)), G adds
 * weight · C(fake). The class logits and labels of both sides come in the loss's last argument.
 *
 * @throws `GANYMEDE_LOGITS`, `GANYMEDE_LOSS_INPUT`, `GANYMEDE_SHAPE`, `GANYMEDE_DTYPE`, `GANYMEDE_LABEL`
 */
export const auxiliaryClassifier = defineLoss({
  id: '@ganymede/losses/auxiliary-classifier',
  summary: 'Adversarial loss and class cross-entropy (AC-GAN, Odena et al. 2017)',
  reference: {
    title: 'Conditional image synthesis with auxiliary classifier GANs',
    authors: 'Odena et al.',
    year: 2017,
    formulas: {
      discriminator: { equation: 'L + λ (C(real) + μ C(fake))', range: anyNumber },
      generator: { equation: 'L + λ C(fake)', range: anyNumber },
    },
  },
  options: z.object({
    adversarial: z
      .enum(['non-saturating', 'minimax', 'hinge', 'least-squares', 'wasserstein'])
      .default('non-saturating')
      .describe('L, the loss on the real-or-generated logits'),
    weight: z.number().nonnegative().default(1).describe('λ, factor of the class terms'),
    fakeWeight: z
      .number()
      .nonnegative()
      .default(1)
      .describe('μ, factor of generated samples in what the discriminator learns of classes'),
  }),
  create({ adversarial, weight, fakeWeight }) {
    const game = games[adversarial]();
    return {
      discriminator(real, fake, input) {
        const [classes, labels] = [input?.classes, input?.labels];
        const ofReal = required(classes?.real, name, 'class logits of real samples');
        const ofFake = required(classes?.fake, name, 'class logits of generated samples');
        requireLogits(name, 'real', ofReal);
        requireLogits(name, 'generated', ofFake);
        const realTerm = classCrossEntropy(ofReal, required(labels?.real, name, 'labels of real samples'));
        const fakeTerm = classCrossEntropy(
          ofFake,
          required(labels?.fake, name, 'labels of generated samples'),
        );
        return game.discriminator(real, fake).add(realTerm.add(fakeTerm.mul(fakeWeight)).mul(weight));
      },
      generator(fake, _real, input) {
        const ofFake = required(input?.classes?.fake, name, 'class logits of generated samples');
        requireLogits(name, 'generated', ofFake);
        const labels = required(input?.labels?.fake, name, 'labels of generated samples');
        return game.generator(fake).add(classCrossEntropy(ofFake, labels).mul(weight));
      },
    };
  },
});
