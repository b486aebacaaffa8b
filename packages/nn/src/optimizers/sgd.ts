import { defineOptimizer } from '@ganymede/core';
import { z } from 'zod';
import { chain } from './chain.js';
import { momentum as withMomentum } from './momentum.js';
import { scaleByRate } from './scale.js';
import { scheduled } from './scheduled.js';

/**
 * Stochastic gradient descent, as `torch.optim.SGD` without dampening: p − rate · g, with momentum p − rate · velocity. Slots:
 * `velocity` per parameter where momentum is not 0.
 */
export const sgd = defineOptimizer({
  id: '@ganymede/nn/sgd',
  summary: 'Stochastic gradient descent, optionally with (Nesterov) momentum',
  options: z.object({
    rate: scheduled().default(1e-2).describe('learning rate: a number, or a schedule'),
    momentum: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .describe('share of the velocity that a step keeps, in [0, 1)'),
    nesterov: z.boolean().default(false).describe('look ahead by one step of the velocity'),
  }),
  create: ({ rate, momentum, nesterov }) =>
    momentum === 0 ? scaleByRate(rate) : chain(withMomentum({ momentum, nesterov }), scaleByRate(rate)),
});
