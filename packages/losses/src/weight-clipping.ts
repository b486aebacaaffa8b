import { defineRegularizer, mapTree } from '@ganymede/core';
import { constant, filled } from '@ganymede/tensor';
import { z } from 'zod';

/**
 * Weight clipping of WGAN (Arjovsky et al. 2017, algorithm 1): after every update each parameter of the discriminator is brought
 * back to [low, high]; adds nothing to the loss. Relaxed Wasserstein GANs (Guo et al. 2017) use bounds that are not symmetric.
 */
export const weightClipping = defineRegularizer({
  id: '@ganymede/losses/weight-clipping',
  summary: 'Parameters clipped after each update (WGAN, Arjovsky et al. 2017)',
  reference: {
    title: 'Wasserstein generative adversarial networks',
    authors: 'Arjovsky et al.',
    year: 2017,
    formulas: { penalty: { equation: 'low ≤ w ≤ high after each update', range: [0, 0] } },
  },
  options: z
    .object({
      high: z.number().default(0.01).describe('c, largest value of a parameter'),
      low: z.number().optional().describe('smallest value of a parameter (default: −high)'),
    })
    .refine(({ high, low = -high }) => low < high, { message: 'expected low < high', path: ['high'] }),
  create: ({ high, low = -high }) => ({
    name: 'weight-clipping',
    penalty: ({ realLogits }) => constant(filled([], 0, realLogits.dtype)),
    project: (params) => mapTree(params, (p) => p.clip(low, high)),
  }),
});
