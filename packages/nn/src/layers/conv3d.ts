import type { Network } from '@ganymede/core';
import { convolution } from './convolution.js';
import type { ConvolutionOptions } from './convolution-window.js';
import type { Size3d } from './padding.js';

/** Options of {@link conv3d}: sizes as one number, or [depth, height, width]. */
export type Conv3dOptions = ConvolutionOptions<Size3d>;

/**
 * Convolution over volumes or video: `[N, C, D, H, W]` to `[N, filters, D', H', W']`. Variables `kernel` [filters, C / groups, kd,
 * kh, kw] and `bias` [filters].
 *
 * @throws `GANYMEDE_OPTION`, `GANYMEDE_SHAPE`
 */
export const conv3d = (filters: number, options: Conv3dOptions): Network =>
  convolution('conv3d', 3, filters, options);
