import type { Network } from '@ganymede/core';
import { scope } from '@ganymede/tensor';
import { type AugmentationName, augmentations } from './augmentations/index.js';

/** Options of {@link diffAugment}. */
export interface DiffAugmentOptions {
  /** Applied in this order. @defaultValue ['colour', 'translation', 'cutout'] */
  readonly augmentations?: readonly AugmentationName[];
}

/**
 * Differentiable augmentation (Zhao et al. 2020): a layer to put before a discriminator. In training it changes all samples the
 * discriminator sees, real and generated, and the generator's gradient passes through it; otherwise it is the identity.
 *
 * ```ts no-run
 * const discriminator = sequential(diffAugment(), conv2d(64, { kernel: 4 }), leakyRelu(0.2), flatten(), dense(1));
 * ```
 */
export function diffAugment({
  augmentations: names = ['colour', 'translation', 'cutout'],
}: DiffAugmentOptions = {}): Network {
  return {
    name: 'augment',
    buffers: [],
    init: () => ({}),
    apply: (_variables, x, ctx) =>
      ctx.training
        ? names.reduce((y, name) => scope(name, () => augmentations[name].apply(y, ctx.child(name))), x)
        : x,
  };
}
