import type { Network } from '@ganymede/core';
import { depthToSpace, formatShape, GanymedeError, quotientOf, type Tensor } from '@ganymede/tensor';
import { requireCount } from './argument.js';
import { requireRank, sizeAt } from './dimension.js';
import { stateless } from './stateless.js';

/**
 * Pixel shuffle (Shi et al. 2016, eq. 4), the up-sampling of super-resolution: each block of `scale`² channels becomes `scale` by
 * `scale` pixels, `[N, C·scale², H, W]` to `[N, C, H·scale, W·scale]`, channel c and place (i, j) from channel c·scale² + i·scale + j,
 * as PyTorch numbers them. Without variables.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function pixelShuffle(scale: number): Network {
  requireCount('pixelShuffle', 'scale', scale);
  return stateless('pixelShuffle', (x) => {
    requireRank('pixelShuffle', x.shape, 4, '[batch, channels, height, width]');
    if (sizeAt('pixelShuffle', x.shape, 1) % (scale * scale) === 0) return depthToSpace(x, scale, 'CRD');
    return refuse('pixelShuffle', x, `channels that ${scale}² divides`);
  });
}

/**
 * The inverse of {@link pixelShuffle}: `[N, C, H·scale, W·scale]` to `[N, C·scale², H, W]`. Without variables.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function pixelUnshuffle(scale: number): Network {
  requireCount('pixelUnshuffle', 'scale', scale);
  return stateless('pixelUnshuffle', (x) => {
    requireRank('pixelUnshuffle', x.shape, 4, '[batch, channels, height, width]');
    const [batch = 1, , height = 1, width = 1] = x.shape;
    const channels = sizeAt('pixelUnshuffle', x.shape, 1);
    const [rows, columns] = [quotientOf(height, scale), quotientOf(width, scale)];
    if (rows === undefined || columns === undefined)
      return refuse('pixelUnshuffle', x, `height and width that ${scale} divides`);
    return x
      .reshape([batch, channels, rows, scale, columns, scale])
      .transpose([0, 1, 3, 5, 2, 4])
      .reshape([batch, channels * scale * scale, rows, columns]);
  });
}

function refuse(layer: string, x: Tensor, expected: string): never {
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${layer}: expected an input with ${expected}, got ${formatShape(x.shape)}`,
    hint: 'change the filters of the convolution before it, or the scale',
  });
}
