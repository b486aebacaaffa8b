import { defineOptimizer } from '@ganymede/core';
import { z } from 'zod';
import { adamDirection } from './adam-direction.js';
import { chain } from './chain.js';
import { optimistic } from './optimistic.js';
import { scaleByRate } from './scale.js';
import { scheduled } from './scheduled.js';

/**
 * Optimistic Adam (Daskalakis et al. 2018, algorithm 1): p − 2·rate·uₜ + rate·uₜ₋₁ with Adam's direction uₜ = m̂ / (√v̂ + ε) and
 * u₀ = 0. One gradient per update; for games it does what {@link extragradient} does with two. Slots: Adam's below `1`, `2/last`.
 */
export const optimisticAdam = defineOptimizer({
  id: '@ganymede/nn/optimistic-adam',
  summary: 'Optimistic Adam (Daskalakis et al. 2018)',
  options: z.object({
    rate: scheduled().default(1e-4).describe('learning rate: a number, or a schedule'),
    beta1: z.number().min(0).lt(1).default(0.5).describe('decay of the mean gradient, in [0, 1)'),
    beta2: z.number().min(0).lt(1).default(0.9).describe('decay of the mean squared gradient, in [0, 1)'),
    epsilon: z.number().nonnegative().default(1e-8).describe('added to the root of the mean square'),
  }),
  create: ({ rate, ...moments }) => chain(adamDirection(moments), optimistic(), scaleByRate(rate)),
});
