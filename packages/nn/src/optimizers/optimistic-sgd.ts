import { defineOptimizer } from '@ganymede/core';
import { z } from 'zod';
import { chain } from './chain.js';
import { optimistic } from './optimistic.js';
import { scaleByRate } from './scale.js';
import { scheduled } from './scheduled.js';

/**
 * Optimistic gradient descent (Popov 1980; Daskalakis et al. 2018, eq. 5): p − 2·rate·gₜ + rate·gₜ₋₁ with g₀ = 0. With
 * {@link simultaneous} updates it converges on f = x·y for rates below 1/√3, by √((1 + √(1 − 4·rate²)) / 2) a step for rates up to ½.
 * Slot `1/last` per parameter.
 */
export const optimisticSgd = defineOptimizer({
  id: '@ganymede/nn/optimistic-sgd',
  summary: 'Optimistic gradient descent (Daskalakis et al. 2018)',
  options: z.object({
    rate: scheduled().default(1e-2).describe('learning rate: a number, or a schedule'),
  }),
  create: ({ rate }) => chain(optimistic(), scaleByRate(rate)),
});
