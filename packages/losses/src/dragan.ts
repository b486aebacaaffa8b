import { defineRegularizer } from '@ganymede/core';
import { variance } from '@ganymede/tensor';
import { z } from 'zod';
import { warnOfBatchStatistics } from './batch-statistics.js';
import { perSample } from './interpolates.js';
import { notNegative } from './ranges.js';
import { safeSqrt, squaredSlopes } from './slopes.js';

/**
 * DRAGAN (Kodali et al. 2017): weight · E (‖∇D(x̂)‖ − target)² around real samples alone. x̂ = x + a · perturbation · std · u, with the
 * standard deviation of the whole real batch, u uniform on [0, 1) per element and a per sample; the norm is over all dimensions
 * but the batch. Does not look at generated samples. Warns of batch statistics (`GANYMEDE_BATCH_STATISTICS`).
 */
export const dragan = defineRegularizer({
  id: '@ganymede/losses/dragan',
  summary: 'Gradient penalty around real samples (DRAGAN, Kodali et al. 2017)',
  reference: {
    title: 'On convergence and stability of GANs',
    authors: 'Kodali et al.',
    year: 2017,
    formulas: { penalty: { equation: 'λ E (‖∇D(x + δ)‖ − k)²', range: notNegative } },
  },
  options: z.object({
    weight: z.number().positive().default(10).describe('λ, factor of the penalty'),
    target: z.number().nonnegative().default(1).describe('k, slope that is not penalised'),
    perturbation: z
      .number()
      .positive()
      .default(0.5)
      .describe('reach of δ, in standard deviations of the batch'),
  }),
  create: ({ weight, target, perturbation }) => ({
    name: 'dragan',
    penalty({ discriminate, real, ctx }) {
      const reach = variance(real).stopGradient().sqrt().mul(perturbation);
      const direction = ctx.noise('perturbation', real.shape, { kind: 'uniform', low: 0, high: 1 });
      const share = ctx.noise('share', perSample(real), { kind: 'uniform', low: 0, high: 1 });
      const around = real.add(direction.mul(reach).mul(share));
      const logits = discriminate(around);
      warnOfBatchStatistics('dragan', logits, around);
      return safeSqrt(squaredSlopes(logits, around)).sub(target).square().mean().mul(weight);
    },
  }),
});
