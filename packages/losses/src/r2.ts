import { defineRegularizer } from '@ganymede/core';
import { z } from 'zod';
import { warnOfBatchStatistics } from './batch-statistics.js';
import { notNegative } from './ranges.js';
import { squaredSlopes } from './slopes.js';

/**
 * R₂ (Mescheder et al. 2018, eq. 10): gamma / 2 · E ‖∇D(fake)‖², the norm over all dimensions but the batch: as {@link r1}, at
 * generated samples. Uses the generated logits of the step, which must have been computed from `fake`. Warns of batch
 * statistics (`GANYMEDE_BATCH_STATISTICS`).
 */
export const r2 = defineRegularizer({
  id: '@ganymede/losses/r2',
  summary: 'Squared slope at generated samples (R₂, Mescheder et al. 2018)',
  reference: {
    title: 'Which training methods for GANs do actually converge?',
    authors: 'Mescheder et al.',
    year: 2018,
    formulas: { penalty: { equation: 'γ/2 E ‖∇D(fake)‖²', range: notNegative } },
  },
  options: z.object({
    gamma: z.number().nonnegative().default(10).describe('γ, twice the factor of the penalty'),
  }),
  create: ({ gamma }) => ({
    name: 'r2',
    penalty({ fake, fakeLogits }) {
      warnOfBatchStatistics('r2', fakeLogits, fake);
      return squaredSlopes(fakeLogits, fake)
        .mean()
        .mul(gamma / 2);
    },
  }),
});
