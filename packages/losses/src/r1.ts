import { defineRegularizer } from '@ganymede/core';
import { z } from 'zod';
import { squaredSlopes } from './slopes.js';

/**
 * R₁ (Mescheder et al. 2018, eq. 9): gamma / 2 · E ‖∇D(real)‖², the norm over all dimensions but the batch. Uses the real logits
 * of the step, so it costs no further forward pass; they must have been computed from `real`. StyleGAN2 uses gamma 10 at 256².
 */
export const r1 = defineRegularizer({
  id: '@ganymede/losses/r1',
  summary: 'Squared slope at real samples (R₁, Mescheder et al. 2018)',
  options: z.object({
    gamma: z.number().nonnegative().default(10).describe('γ, twice the factor of the penalty'),
  }),
  create: ({ gamma }) => ({
    name: 'r1',
    penalty: ({ real, realLogits }) =>
      squaredSlopes(realLogits, real)
        .mean()
        .mul(gamma / 2),
  }),
});
