import type { Network } from '@ganymede/core';
import { filled, prelu as preluOf } from '@ganymede/tensor';
import { tensorAt } from '../variables.js';
import { perChannel } from './channel-affine.js';
import { requireChannels, sizeAt } from './dimension.js';

/** Options of {@link prelu}. */
export interface PreluOptions {
  /** Every slope at first. @defaultValue 0.25 */
  readonly slopeInit?: number;
}

/**
 * x where positive, slope·x elsewhere, with one learned slope per channel (He et al. 2015, eq. 1); the activation of SRGAN's generator.
 * `[N, C, …]` to the same. Variable `slope` [C].
 *
 * @throws `GANYMEDE_SHAPE`
 */
export const prelu = ({ slopeInit = 0.25 }: PreluOptions = {}): Network => ({
  name: 'prelu',
  buffers: [],
  init(_rng, shape) {
    requireChannels('prelu', shape);
    return { slope: filled([sizeAt('prelu', shape, 1)], slopeInit) };
  },
  apply(variables, x, ctx) {
    requireChannels('prelu', x.shape);
    return preluOf(x, perChannel(tensorAt(variables, 'slope', ctx), x));
  },
});
