import { defineOptimizer } from '@ganymede/core';
import { z } from 'zod';
import { adamDirection } from './adam-direction.js';
import { chain } from './chain.js';
import { scaleByRate } from './scale.js';
import { scheduled } from './scheduled.js';
import { weightDecay } from './weight-decay.js';

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), as `torch.optim.AdamW`:
 * p − rate · (m̂ / (√v̂ + ε) + decay · p). With a schedule the decay follows the rate. Every parameter decays; for a choice by path
 * there is `chain(scaleByAdam(), weightDecay(0.01, { mask }), scaleByRate(1e-3))`. Slots: Adam's, below `1`.
 */
export const adamw = defineOptimizer({
  id: '@ganymede/nn/adamw',
  summary: 'Adam with decoupled weight decay (Loshchilov and Hutter 2019)',
  options: z.object({
    rate: scheduled().default(1e-3).describe('learning rate: a number, or a schedule'),
    beta1: z.number().min(0).lt(1).default(0.9).describe('decay of the mean gradient, in [0, 1)'),
    beta2: z.number().min(0).lt(1).default(0.999).describe('decay of the mean squared gradient, in [0, 1)'),
    epsilon: z.number().nonnegative().default(1e-8).describe('added to the root of the mean square'),
    decay: z
      .number()
      .nonnegative()
      .default(0.01)
      .describe('share of each parameter taken away per unit of rate'),
  }),
  create: ({ rate, decay, ...moments }) =>
    chain(adamDirection(moments), weightDecay(decay), scaleByRate(rate)),
});
