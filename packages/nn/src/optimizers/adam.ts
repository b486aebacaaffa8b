import { defineOptimizer } from '@ganymede/core';
import { z } from 'zod';
import { adamDirection } from './adam-direction.js';
import { scheduled } from './scheduled.js';

/**
 * Adam (Kingma and Ba 2015), as `torch.optim.Adam`. GANs: `beta1` 0.5 (DCGAN), 0 with `beta2` 0.9 (WGAN-GP, SN-GAN).
 * Slots per parameter: `m` (none with `beta1` 0) and `v`; scalars `mWeight`, `vWeight`. See {@link adamDirection}.
 */
export const adam = defineOptimizer({
  id: '@ganymede/nn/adam',
  summary: 'Adam (Kingma and Ba 2015)',
  options: z.object({
    rate: scheduled().default(1e-3).describe('learning rate: a number, or a schedule'),
    beta1: z.number().min(0).lt(1).default(0.9).describe('decay of the mean gradient, in [0, 1)'),
    beta2: z.number().min(0).lt(1).default(0.999).describe('decay of the mean squared gradient, in [0, 1)'),
    epsilon: z.number().nonnegative().default(1e-8).describe('added to the root of the mean square'),
  }),
  create: ({ rate, ...moments }) => adamDirection(moments, (ctx) => ctx.scalar('rate', rate).neg()),
});
