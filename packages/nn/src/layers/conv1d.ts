import type { Network } from '@ganymede/core';
import { convolution } from './convolution.js';
import type { ConvolutionOptions } from './convolution-window.js';

/** Options of {@link conv1d}: sizes along the one direction. */
export type Conv1dOptions = ConvolutionOptions<number>;

/**
 * Convolution over sequences: `[N, C, L]` to `[N, filters, L']`. Variables `kernel` [filters, C / groups, k] and `bias` [filters].
 * Tokens come as `[N, T, features]`: transpose them.
 *
 * @throws `GANYMEDE_OPTION`, `GANYMEDE_SHAPE`
 */
export const conv1d = (filters: number, options: Conv1dOptions): Network =>
  convolution('conv1d', 1, filters, options);
