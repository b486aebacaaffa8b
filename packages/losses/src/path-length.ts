import { defineRegularizer } from '@ganymede/core';
import { filled, grad, type Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { required } from './loss-input.js';
import { notNegative } from './ranges.js';
import { safeSqrt, sampleAxes } from './slopes.js';

/**
 * Path length regularization of a generator (Karras et al. 2020, eq. 4): weight · E (‖Jᵀy‖ − a)², where J is the derivative of the
 * samples by the latent, y standard normal in the space of the samples over √(height · width) for images, and a the moving
 * average of ‖Jᵀy‖, this step included: moves of one length in the latent space should be moves of one length in the samples.
 * State: `length` [], from 0.
 *
 * @throws `GANYMEDE_LOSS_INPUT`
 */
export const pathLength = defineRegularizer({
  id: '@ganymede/losses/path-length',
  summary: 'Path length of the generator (StyleGAN2, Karras et al. 2020)',
  reference: {
    title: 'Analyzing and improving the image quality of StyleGAN',
    authors: 'Karras et al.',
    year: 2020,
    formulas: { penalty: { equation: 'λ E (‖Jᵀy‖ − a)²', range: notNegative } },
  },
  options: z.object({
    weight: z.number().positive().default(2).describe('λ, factor of the penalty'),
    decay: z.number().min(0).lt(1).default(0.99).describe('share of the average length that one step keeps'),
  }),
  create: ({ weight, decay }) => ({
    name: 'path-length',
    of: 'generator',
    init: () => ({ length: filled([], 0) }),
    penalty({ fake, latent: given, ctx, state }) {
      const latent = required(given, 'pathLength', 'the latents that the generated samples were made from');
      const before = required(state?.length as Tensor | undefined, 'pathLength', 'its state "length"');
      const pixels = fake.shape.slice(2).reduce<number>((product, d) => product * Number(d), 1);
      const direction = ctx.noise('direction', fake.shape, { kind: 'normal', std: 1 / Math.sqrt(pixels) });
      const [moved] = grad(fake.mul(direction).sum(), [latent]) as [Tensor];
      const lengths = safeSqrt(moved.square().sum(sampleAxes(moved)));
      const average = before.mul(decay).add(
        lengths
          .mean()
          .stopGradient()
          .mul(1 - decay),
      );
      ctx.updateBuffer('length', average);
      return lengths.sub(average).square().mean().mul(weight);
    },
  }),
});
