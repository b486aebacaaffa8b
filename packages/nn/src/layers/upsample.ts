import type { Network } from '@ganymede/core';
import { resize, resizeNearest } from '@ganymede/tensor';
import { requireCount, requireOneOf } from './argument.js';
import { requireChannels } from './dimension.js';
import { stateless } from './stateless.js';

/** Options of {@link upsample}. */
export interface UpsampleOptions {
  /**
   * `'nearest'` repeats each element; `'bilinear'` interpolates between centres of pixels (linear and trilinear in 1 and 3
   * dimensions), as PyTorch does with `align_corners=False`. @defaultValue 'nearest'
   */
  readonly mode?: 'nearest' | 'bilinear';
}

/**
 * `scale` times as large in every spatial direction: `[N, C, H, W]` to `[N, C, H·scale, W·scale]`. With a convolution after it there
 * is no checkerboard (Odena et al. 2016). Without variables. The gradient of `'bilinear'` needs known sizes.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function upsample(scale: number, { mode = 'nearest' }: UpsampleOptions = {}): Network {
  requireCount('upsample', 'scale', scale);
  requireOneOf('upsample', 'mode', ['nearest', 'bilinear'], mode);
  return stateless('upsample', (x) => {
    requireChannels('upsample', x.shape, 3);
    return mode === 'nearest'
      ? resizeNearest(x, scale)
      : resize(x, { scales: scale, mode: 'linear', coordinates: 'half_pixel' });
  });
}
