import { defineLoss } from '@ganymede/core';
import { z } from 'zod';

/** A hinge whose corner is rounded: softplus(margin - x) in place of max(0, margin - x). Raw logits. */
export const smoothHinge = defineLoss({
  id: '@acme/smooth-hinge',
  summary: 'hinge loss with a rounded corner',
  options: z.strictObject({ margin: z.number().positive().default(1) }),
  create: ({ margin }) => ({
    discriminator: (real, fake) =>
      real.neg().add(margin).softplus().mean().add(fake.add(margin).softplus().mean()),
    generator: (fake) => fake.mean().neg(),
  }),
});
