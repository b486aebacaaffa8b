import { defineRegularizer } from '@ganymede/core';
import { z } from 'zod';
import { warnOfBatchStatistics } from './batch-statistics.js';
import { notNegative } from './ranges.js';
import { squaredSlopes } from './slopes.js';

/**
 * R₁ (Mescheder et al. 2018, eq. 9): gamma / 2 · E ‖∇D(real)‖², the norm over all dimensions but the batch. Uses the real logits
 * of the step, so it costs no further forward pass; they must have been computed from `real`. StyleGAN2 uses gamma 10 at 256².
 * Warns of batch statistics (`GANYMEDE_BATCH_STATISTICS`).
 */
export const r1 = defineRegularizer({
  id: '@ganymede/losses/r1',
  summary: 'Squared slope at real samples (R₁, Mescheder et al. 2018)',
  reference: {
    title: 'Which training methods for GANs do actually converge?',
    authors: 'Mescheder et al.',
    year: 2018,
    formulas: { penalty: { equation: 'γ/2 E ‖∇D(real)‖²', range: notNegative } },
  },
  options: z.object({
    gamma: z.number().nonnegative().default(10).describe('γ, twice the factor of the penalty'),
  }),
  create: ({ gamma }) => ({
    name: 'r1',
    penalty({ real, realLogits }) {
      warnOfBatchStatistics('r1', realLogits, real);
      return squaredSlopes(realLogits, real)
        .mean()
        .mul(gamma / 2);
    },
  }),
});
