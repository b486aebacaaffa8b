import type { Network } from '@ganymede/core';
import type { ConvolutionOptions } from './convolution-window.js';
import { transposedConvolution } from './transposed-convolution.js';

/** Options of {@link convTranspose1d}: sizes along the one direction. */
export type ConvTranspose1dOptions = ConvolutionOptions<number>;

/**
 * Transposed convolution over sequences, as WaveGAN's generator (Donahue et al. 2019): `[N, C, L]` to `[N, filters, L']`; with
 * `padding: 'same'` exactly L · stride. Variables `kernel` [C, filters / groups, k] and `bias` [filters].
 *
 * @throws `GANYMEDE_OPTION`, `GANYMEDE_SHAPE`
 */
export const convTranspose1d = (filters: number, options: ConvTranspose1dOptions): Network =>
  transposedConvolution('convTranspose1d', 1, filters, options);
