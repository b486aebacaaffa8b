import type { Network } from '@ganymede/core';
import { groupNormalization } from '@ganymede/tensor';
import { requireCount, requirePositive } from './argument.js';
import { affineOf, initAffine } from './channel-affine.js';
import { channelsInGroups, requireChannels } from './dimension.js';

/** Options of {@link groupNorm}. */
export interface GroupNormOptions {
  /** Whether channels have a learned `scale` and `bias` [C]. @defaultValue true */
  readonly affine?: boolean;
  /** Added to the variance. @defaultValue 1e-5 */
  readonly epsilon?: number;
}

/**
 * Group normalization (Wu and He 2018, eq. 7): neighbouring channels of each sample in `groups`, each group with mean 0 and variance
 * 1 over its channels and positions. `[N, C, …]` to the same; `groups` divides C. The paper uses 32.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function groupNorm(groups: number, { affine = true, epsilon = 1e-5 }: GroupNormOptions = {}): Network {
  requireCount('groupNorm', 'groups', groups);
  requirePositive('groupNorm', 'epsilon', epsilon);
  return {
    name: 'norm',
    buffers: [],
    init(_rng, shape) {
      requireChannels('groupNorm', shape);
      const channels = channelsInGroups('groupNorm', shape, groups) * groups;
      return affine ? initAffine(channels) : {};
    },
    apply(variables, x, ctx) {
      requireChannels('groupNorm', x.shape);
      return groupNormalization(x, groups, { epsilon, ...affineOf(affine, variables, ctx) });
    },
  };
}
