import type { Network } from '@ganymede/core';
import { convolution } from './convolution.js';
import type { ConvolutionOptions } from './convolution-window.js';
import type { Size } from './padding.js';

/** Options of {@link conv2d}: sizes as one number, or [height, width]. */
export type Conv2dOptions = ConvolutionOptions<Size>;

/**
 * Convolution (cross-correlation): `[N, C, H, W]` to `[N, filters, H', W']`. Variables `kernel` [filters, C / groups, kh, kw] and
 * `bias` [filters].
 *
 * @throws `GANYMEDE_OPTION`, `GANYMEDE_SHAPE`
 */
export const conv2d = (filters: number, options: Conv2dOptions): Network =>
  convolution('conv2d', 2, filters, options);
