import type { Network, Tree } from '@ganymede/core';
import { filled, GanymedeError, scope, sign, type Tensor } from '@ganymede/tensor';
import { sometimes } from './augmentations/augmentation.js';
import { type AugmentationName, augmentations } from './augmentations/index.js';
import { required } from './loss-input.js';

/** Options of {@link adaptiveAugment}. */
export interface AdaptiveAugmentOptions {
  /** Applied in this order, each to each sample with the probability of the moment. @defaultValue flip, translation, colour, cutout */
  readonly augmentations?: readonly AugmentationName[];
  /** Overfitting aimed at: the mean sign of the real logits, in (0, 1). @defaultValue 0.6 */
  readonly target?: number;
  /** Real samples in which the probability can go from 0 to 1. @defaultValue 500_000 */
  readonly samples?: number;
}

/**
 * Adaptive discriminator augmentation (Karras et al. 2020, "Training GANs with limited data", section 3.1): `discriminator` behind
 * augmentations that each happen to a sample with probability p. In training p goes up by batch / `samples` at a step whose real logits
 * are more often positive than `target` says (E sign(logits) above it), else down, and stays in [0, 1]; it looks at the batches that update
 * buffers, which algorithms make the real ones. Outside training nothing is augmented. Buffer `probability` [], from 0; the
 * discriminator's variables lie below `inner`.
 *
 * @throws `GANYMEDE_OPTION`, `GANYMEDE_LOSS_INPUT`
 */
export function adaptiveAugment(
  discriminator: Network,
  {
    augmentations: names = ['flip', 'translation', 'colour', 'cutout'],
    target = 0.6,
    samples = 500_000,
  }: AdaptiveAugmentOptions = {},
): Network {
  if (!(target > 0 && target < 1 && samples > 0)) {
    throw new GanymedeError('GANYMEDE_OPTION', {
      message: `adaptiveAugment: expected a target in (0, 1) and samples above 0, received ${target} and ${samples}`,
      data: { option: target > 0 && target < 1 ? 'samples' : 'target' },
    });
  }
  return {
    name: 'adaptive',
    buffers: ['probability', ...discriminator.buffers.map((path) => `inner/${path}`)],
    init: (rng, shape, conditions) => ({
      probability: filled([], 0),
      inner: discriminator.init(rng.child('inner'), shape, conditions),
    }),
    apply(variables, x, ctx) {
      const inner = (samples: Tensor): Tensor =>
        scope('inner', () =>
          discriminator.apply((variables.inner ?? {}) as Tree<Tensor>, samples, ctx.child('inner')),
        );
      if (!ctx.training) return inner(x);
      const given = variables.probability as Tensor | undefined;
      const probability = required(given, 'adaptiveAugment', 'its variable "probability"');
      const changed = names.reduce(
        (y, name) => sometimes(augmentations[name], y, ctx.child(name), probability),
        x,
      );
      const logits = inner(changed);
      const step = Number(x.shape[0]) / samples;
      const overfit = sign(sign(logits.stopGradient()).mean().sub(target));
      ctx.updateBuffer('probability', probability.add(overfit.mul(step)).clip(0, 1));
      return logits;
    },
  };
}
