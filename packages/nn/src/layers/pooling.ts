import type { Network } from '@ganymede/core';
import * as operators from '@ganymede/tensor';
import { requireCount, requireOneOf } from './argument.js';
import { positionsOf } from './channel-affine.js';
import { requireChannels } from './dimension.js';
import { stateless } from './stateless.js';

/** Options of {@link averagePool} and {@link maxPool}. */
export interface PoolingOptions {
  /** Step of the window. @defaultValue its size */
  readonly stride?: number;
}

/**
 * Mean under a window of `size` in every spatial direction: `[N, C, H, W]` to `[N, C, ⌊(H − size) / stride⌋ + 1, …]`. Without
 * variables.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export const averagePool = (size: number, { stride = size }: PoolingOptions = {}): Network =>
  pooled('averagePool', size, stride, (x) => operators.averagePool(x, { kernel: size, strides: stride }));

/**
 * Largest element under a window of `size` in every spatial direction, shaped as {@link averagePool}. Without variables. Its gradient
 * needs known sizes.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export const maxPool = (size: number, { stride = size }: PoolingOptions = {}): Network =>
  pooled('maxPool', size, stride, (x) => operators.maxPool(x, { kernel: size, strides: stride }));

function pooled(
  layer: string,
  size: number,
  stride: number,
  apply: (x: operators.Tensor) => operators.Tensor,
): Network {
  requireCount(layer, 'size', size);
  requireCount(layer, 'stride', stride);
  return stateless(layer, (x) => {
    requireChannels(layer, x.shape, 3);
    return apply(x);
  });
}

/**
 * One number per channel, of all its positions: their mean, sum or maximum. `[N, C, …]` to `[N, C]`. SN-GAN's and BigGAN's
 * discriminators end with `'sum'`. Without variables.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function globalPool(kind: 'mean' | 'sum' | 'max' = 'mean'): Network {
  requireOneOf('globalPool', 'kind', ['mean', 'sum', 'max'], kind);
  return stateless('globalPool', (x) => {
    requireChannels('globalPool', x.shape, 3);
    return x[kind](positionsOf(x.shape));
  });
}
