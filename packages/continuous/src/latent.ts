import type { Distribution, StepContext } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';

/** What a generator starts from: vectors `[batch, size]` of independent draws. */
export interface Latent {
  readonly size: number;
  readonly distribution: Distribution;
}

/** Standard normal latents. */
export const normal = (size: number): Latent => ({ size, distribution: { kind: 'normal' } });

/** Latents uniform on [-1, 1) (the DCGAN paper's choice) or on [low, high). */
export const uniform = (size: number, low = -1, high = 1): Latent => ({
  size,
  distribution: { kind: 'uniform', low, high },
});

/** Declares the latents of one batch as the noise input `latent`. */
export const drawLatent = (latent: Latent, batch: number | string, ctx: StepContext): Tensor =>
  ctx.noise('latent', [batch, latent.size], latent.distribution);
