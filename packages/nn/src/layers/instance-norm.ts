import type { Network } from '@ganymede/core';
import { instanceNormalization } from '@ganymede/tensor';
import { requirePositive } from './argument.js';
import { affineOf, initAffine } from './channel-affine.js';
import { requireChannels, sizeAt } from './dimension.js';

/** Options of {@link instanceNorm}. */
export interface InstanceNormOptions {
  /** Whether channels have a learned `scale` and `bias` [C]. @defaultValue false, as in CycleGAN and pix2pixHD */
  readonly affine?: boolean;
  /** Added to the variance. @defaultValue 1e-5 */
  readonly epsilon?: number;
}

/**
 * Instance normalization (Ulyanov et al. 2016, eq. 1): each channel of each sample with mean 0 and variance 1 over its positions.
 * `[N, C, …]`, at least one spatial dimension, to the same. Training and inference are alike, and samples do not meet, so that
 * gradient penalties fit.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function instanceNorm({ affine = false, epsilon = 1e-5 }: InstanceNormOptions = {}): Network {
  requirePositive('instanceNorm', 'epsilon', epsilon);
  return {
    name: 'norm',
    buffers: [],
    init(_rng, shape) {
      requireChannels('instanceNorm', shape, 3);
      return affine ? initAffine(sizeAt('instanceNorm', shape, 1)) : {};
    },
    apply(variables, x, ctx) {
      requireChannels('instanceNorm', x.shape, 3);
      return instanceNormalization(x, { epsilon, ...affineOf(affine, variables, ctx) });
    },
  };
}
