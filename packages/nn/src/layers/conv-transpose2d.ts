import type { Network } from '@ganymede/core';
import type { ConvolutionOptions } from './convolution-window.js';
import type { Size } from './padding.js';
import { transposedConvolution } from './transposed-convolution.js';

/**
 * Options of {@link convTranspose2d}: sizes as one number, or [height, width]. A kernel that is a multiple of the stride covers
 * every pixel equally often (no checkerboard).
 */
export type ConvTranspose2dOptions = ConvolutionOptions<Size>;

/**
 * Transposed ("de-")convolution, the gradient of `conv2d` with respect to its input: `[N, C, H, W]` to `[N, filters, H', W']`;
 * with `padding: 'same'` exactly [H · stride, W · stride]. Variables `kernel` [C, filters / groups, kh, kw] and `bias` [filters].
 *
 * @throws `GANYMEDE_OPTION`, `GANYMEDE_SHAPE`
 */
export const convTranspose2d = (filters: number, options: ConvTranspose2dOptions): Network =>
  transposedConvolution('convTranspose2d', 2, filters, options);
