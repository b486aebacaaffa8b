import type { Network } from '@ganymede/core';
import { instanceNormalization } from '@ganymede/tensor';
import { requirePositive } from './argument.js';
import { requireChannels, sizeAt } from './dimension.js';
import { modulation, type ModulationOptions } from './modulation.js';

/** Options of {@link adaInstanceNorm}. */
export interface AdaInstanceNormOptions extends ModulationOptions {
  /** Added to the variance. @defaultValue 1e-5 */
  readonly epsilon?: number;
}

/**
 * Adaptive instance normalization (Huang and Belongie 2017, eq. 8; in generators StyleGAN, Karras et al. 2019, eq. 1): each channel of
 * each sample with mean 0 and variance 1 over its positions, then scaled and shifted by a linear map of the condition `style`
 * `[N, size]`: `[N, C, …]`, at least one spatial dimension, to the same. Variables `kernel` [size, 2·C] and `bias` [2·C], around a
 * scale of 1. With `classes` it is conditional instance normalization (Dumoulin et al. 2017, eq. 5): rows of `scale` and `bias`
 * [classes, C] by `label`.
 *
 * @throws `GANYMEDE_CONDITION`, `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`, `GANYMEDE_LABEL`
 */
export function adaInstanceNorm({ epsilon = 1e-5, ...options }: AdaInstanceNormOptions = {}): Network {
  requirePositive('adaInstanceNorm', 'epsilon', epsilon);
  const modulate = modulation('adaInstanceNorm', options);
  return {
    name: 'norm',
    buffers: [],
    init(rng, shape, conditions) {
      requireChannels('adaInstanceNorm', shape, 3);
      return modulate.init(rng, sizeAt('adaInstanceNorm', shape, 1), conditions);
    },
    apply(variables, x, ctx) {
      requireChannels('adaInstanceNorm', x.shape, 3);
      const { scale, bias } = modulate.apply(variables, x, ctx);
      return instanceNormalization(x, { epsilon }).mul(scale).add(bias);
    },
  };
}
