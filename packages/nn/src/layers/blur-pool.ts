import type { Network } from '@ganymede/core';
import { conv, constant, pad, productOf, valueOf } from '@ganymede/tensor';
import { requireCount, requireOneOf } from './argument.js';
import { requireRank } from './dimension.js';
import { stateless } from './stateless.js';

/** Options of {@link blurPool}. */
export interface BlurPoolOptions {
  /** Size of the filter, a row of Pascal's triangle: 2 a box, 3 [1 2 1], 5 [1 4 6 4 1]. @defaultValue 3 */
  readonly size?: number;
  /** @defaultValue 2 */
  readonly stride?: number;
  /** What lies beyond the border: the mirror image, as in the paper, or zeros, as in StyleGAN. Named sizes need zeros. @defaultValue 'reflect' */
  readonly padding?: 'reflect' | 'zeros';
}

/** Row `n` of Pascal's triangle, its sum 1. */
function binomial(n: number): readonly number[] {
  let row = [1];
  for (let k = 1; k < n; k++) row = [...row.map((x, i) => x + (row[i - 1] ?? 0)), 1];
  return row.map((x) => x / 2 ** (n - 1));
}

/**
 * Blur, then take every `stride`-th pixel (Zhang 2019, section 3.2): down-sampling that a shift of the image does not upset.
 * `[N, C, H, W]` to `[N, C, ⌈H / stride⌉, ⌈W / stride⌉]`; each channel on its own. After a convolution of stride 1 it is the paper's
 * strided convolution, after `maxPool(2, { stride: 1 })` its max pooling. Without variables.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`, `GANYMEDE_NAMED_DIMENSION`
 */
export function blurPool({ size = 3, stride = 2, padding = 'reflect' }: BlurPoolOptions = {}): Network {
  requireCount('blurPool', 'size', size);
  requireCount('blurPool', 'stride', stride);
  requireOneOf('blurPool', 'padding', ['reflect', 'zeros'], padding);
  const row = binomial(size);
  const kernel = valueOf(
    row.flatMap((a) => row.map((b) => a * b)),
    [1, 1, size, size],
    'float64',
  );
  const [before, after] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
  return stateless('blurPool', (x) => {
    requireRank('blurPool', x.shape, 4, '[batch, channels, height, width]');
    const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
    // Channels as images of their own, so that one filter serves all.
    const images = x.reshape([productOf([batch, channels]), 1, height, width]);
    const edges = [before, before, after, after];
    const reflected =
      padding === 'reflect'
        ? pad(images, [0, 0, before, before, 0, 0, after, after], { mode: 'reflect' })
        : images;
    const y = conv(reflected, constant(kernel).cast(x.dtype), {
      strides: stride,
      pads: padding === 'zeros' ? edges : 0,
    });
    return y.reshape([batch, channels, ...y.shape.slice(2)]);
  });
}
