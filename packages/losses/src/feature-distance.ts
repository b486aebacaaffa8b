import type { Sides } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { required } from './loss-input.js';

/**
 * Mean, over the features, of the squared difference between their means over the real and over the generated batch. Features
 * are `[batch, …]`, batches of any size. The real side is a constant: only generated samples move.
 */
export function featureDistance(features: Sides<Tensor> | undefined, loss: string): Tensor {
  const real = required(features?.real, loss, 'discriminator features of real samples');
  const fake = required(features?.fake, loss, 'discriminator features of generated samples');
  return real.mean(0).stopGradient().sub(fake.mean(0)).square().mean();
}
