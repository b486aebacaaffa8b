import type { Network } from '@ganymede/core';
import type { ConvolutionOptions } from './convolution-window.js';
import type { Size3d } from './padding.js';
import { transposedConvolution } from './transposed-convolution.js';

/** Options of {@link convTranspose3d}: sizes as one number, or [depth, height, width]. */
export type ConvTranspose3dOptions = ConvolutionOptions<Size3d>;

/**
 * Transposed convolution over volumes, as 3D-GAN's generator (Wu et al. 2016): `[N, C, D, H, W]` to `[N, filters, D', H', W']`;
 * with `padding: 'same'` each size times its stride. Variables `kernel` [C, filters / groups, kd, kh, kw] and `bias` [filters].
 *
 * @throws `GANYMEDE_OPTION`, `GANYMEDE_SHAPE`
 */
export const convTranspose3d = (filters: number, options: ConvTranspose3dOptions): Network =>
  transposedConvolution('convTranspose3d', 3, filters, options);
