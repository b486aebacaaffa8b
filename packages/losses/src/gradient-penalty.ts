import { defineRegularizer } from '@ganymede/core';
import { z } from 'zod';
import { warnOfBatchStatistics } from './batch-statistics.js';
import { interpolates } from './interpolates.js';
import { notNegative } from './ranges.js';
import { safeSqrt, squaredSlopes } from './slopes.js';

/**
 * Gradient penalty of WGAN-GP (Gulrajani et al. 2017, eq. 3): weight · E (‖∇D(x̂)‖ − target)², where each x̂ = fake + e·(real − fake)
 * lies on the line between a real and a generated sample, e uniform on [0, 1) per sample, and the norm is over all dimensions
 * but the batch. `oneSided` penalises only slopes above the target (WGAN-LP, Petzka et al. 2018). Weight 0.1 suits toy data.
 *
 * Real and fake batches have one shape. Not for discriminators with batch norm, where samples depend on one another: that is
 * warned of (`GANYMEDE_BATCH_STATISTICS`). A critic between two points at distance d has slope 1 + d / (2·weight) at the optimum.
 */
export const gradientPenalty = defineRegularizer({
  id: '@ganymede/losses/gradient-penalty',
  summary: 'Gradient penalty between real and generated samples (WGAN-GP, Gulrajani et al. 2017)',
  reference: {
    title: 'Improved training of Wasserstein GANs',
    authors: 'Gulrajani et al.',
    year: 2017,
    formulas: {
      penalty: {
        equation: 'λ E (‖∇D(x̂)‖ − k)², one-sided (Petzka et al. 2018): λ E max(0, ‖∇D(x̂)‖ − k)²',
        range: notNegative,
      },
    },
  },
  options: z.object({
    weight: z.number().positive().default(10).describe('λ, factor of the penalty'),
    target: z.number().nonnegative().default(1).describe('slope that is not penalised'),
    oneSided: z.boolean().default(false).describe('penalise only slopes above the target (WGAN-LP)'),
  }),
  create: ({ weight, target, oneSided }) => ({
    name: 'gradient-penalty',
    penalty(input) {
      const between = interpolates(input);
      const logits = input.discriminate(between);
      warnOfBatchStatistics('gradientPenalty', logits, between);
      const excess = safeSqrt(squaredSlopes(logits, between)).sub(target);
      return (oneSided ? excess.relu() : excess).square().mean().mul(weight);
    },
  }),
});
