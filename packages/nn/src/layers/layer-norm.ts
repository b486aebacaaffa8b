import type { Network } from '@ganymede/core';
import { groupNormalization, layerNormalization, type Shape } from '@ganymede/tensor';
import { requireOneOf, requirePositive } from './argument.js';
import { affineOf, initAffine } from './channel-affine.js';
import { requireChannels, sizeAt } from './dimension.js';

/** Options of {@link layerNorm}. */
export interface LayerNormOptions {
  /**
   * `'features'`: over the last dimension, as in transformers and recurrent networks; `'sample'`: over all but the batch, with one
   * scale and bias per channel, as in the critics of WGAN-GP. @defaultValue 'sample' for images and volumes (rank 4 and 5), else
   * 'features'
   */
  readonly over?: 'features' | 'sample';
  /** Whether there are a learned `scale` and `bias`, of features or channels. @defaultValue true */
  readonly affine?: boolean;
  /** Added to the variance. @defaultValue 1e-5 */
  readonly epsilon?: number;
}

/**
 * Layer normalization (Ba et al. 2016, eq. 3): each sample (or each position's features) with mean 0 and variance 1. `[N, …, F]` or
 * `[N, C, H, W]` to the same. Samples do not meet, so that gradient penalties fit: WGAN-GP (Gulrajani et al. 2017, section 4) puts
 * it in the critic in the place of batch normalization.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function layerNorm({ over, affine = true, epsilon = 1e-5 }: LayerNormOptions = {}): Network {
  requirePositive('layerNorm', 'epsilon', epsilon);
  if (over !== undefined) requireOneOf('layerNorm', 'over', ['features', 'sample'], over);
  const ofSample = (shape: Shape): boolean => {
    requireChannels('layerNorm', shape);
    return (over ?? (shape.length >= 4 ? 'sample' : 'features')) === 'sample';
  };
  return {
    name: 'norm',
    buffers: [],
    init: (_rng, shape) => (affine ? initAffine(sizeAt('layerNorm', shape, ofSample(shape) ? 1 : -1)) : {}),
    apply(variables, x, ctx) {
      const learned = { epsilon, ...affineOf(affine, variables, ctx) };
      return ofSample(x.shape) ? groupNormalization(x, 1, learned) : layerNormalization(x, learned);
    },
  };
}
