import { defineDataset } from '@ganymede/core';
import { z } from 'zod';
import { world } from './world-dataset.js';

/** The ring, the grid or the swiss roll as `mixture({ world })`: the earlier name of {@link world}. */
export const mixture = defineDataset({
  id: '@ganymede/data/mixture',
  summary: 'the earlier name of world',
  options: z.object({
    world: z.enum(['ring', 'grid', 'swiss-roll']).default('ring').describe('which set'),
    count: z.number().int().positive().default(100_000).describe('how many points'),
    seed: z.number().int().nonnegative().default(1).describe('another seed draws other points'),
    scaling: z.enum(['wgan-gp', 'veegan']).default('wgan-gp').describe('whose scale'),
  }),
  create: ({ world: name, ...options }) => world({ name, ...options }),
});
