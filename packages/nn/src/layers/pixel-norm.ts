import type { Network } from '@ganymede/core';
import { requirePositive } from './argument.js';
import { requireChannels } from './dimension.js';
import { stateless } from './stateless.js';

/**
 * Pixelwise feature normalization (Karras et al. 2018, section 4.2): the channels at each position over their root mean square,
 * x / √(mean over channels of x² + `epsilon`). `[N, C, …]` to the same; of latents `[N, size]` it makes points on a sphere, as
 * StyleGAN's mapping network does first. Without variables.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function pixelNorm({ epsilon = 1e-8 }: { readonly epsilon?: number } = {}): Network {
  requirePositive('pixelNorm', 'epsilon', epsilon);
  return stateless('norm', (x) => {
    requireChannels('pixelNorm', x.shape);
    return x.div(x.square().mean(1, true).add(epsilon).sqrt());
  });
}
