import { defineLoss } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { required } from './loss-input.js';
import { notNegative } from './ranges.js';
import { onRawLogits } from './raw-logits.js';

/** A target in [0, 1], or (in code) a schedule of targets. JSON Schema has no functions: the type is for messages and lists. */
const target = () =>
  z.union([
    z.number().min(0).max(1),
    z.custom<(call: number) => number>((x) => typeof x === 'function').meta({ type: 'function of the call' }),
  ]);

/** Cross-entropy of a logit with the target t: softplus(x) − t·x. */
const crossEntropy = (x: Tensor, t: Tensor | number): Tensor => x.softplus().sub(x.mul(t)).mean();

/**
 * The non-saturating loss with smoothed labels (Salimans et al. 2016, section 3.4) on raw logits of any shape: D minimises the
 * cross-entropy of real logits with the target `real` and of generated ones with `fake`; only the discriminator's labels are
 * smoothed. Each target is a number in [0, 1] or a schedule, which needs the step's context in the loss's last argument.
 * One-sided smoothing (`fake` 0) keeps the optimum from rewarding what the generator already does.
 *
 * @throws `GANYMEDE_LOGITS`; `GANYMEDE_LOSS_INPUT` for a schedule without context
 */
export const smoothedLabels = defineLoss({
  id: '@ganymede/losses/smoothed-labels',
  summary: 'Non-saturating with smoothed labels (Salimans et al. 2016)',
  reference: {
    title: 'Improved techniques for training GANs, section 3.4',
    authors: 'Salimans et al.',
    year: 2016,
    formulas: {
      discriminator: { equation: 'E [softplus(r) − t r] + E [softplus(g) − u g]', range: notNegative },
      generator: { equation: 'E softplus(−g)', range: notNegative },
    },
  },
  options: z.object({
    real: target().default(0.9).describe('t, target of real samples, in [0, 1]: a number, or a schedule'),
    fake: target().default(0).describe('u, target of generated samples, in [0, 1]: a number, or a schedule'),
  }),
  create: (targets) =>
    onRawLogits('smoothedLabels', {
      discriminator(real, fake, input) {
        const at = (side: 'real' | 'fake'): Tensor | number => {
          const wanted = targets[side];
          if (typeof wanted === 'number') return wanted;
          const ctx = required(input?.ctx, 'smoothedLabels', 'the step’s context for a target that changes');
          return ctx.scalar(`${side}Label`, wanted);
        };
        return crossEntropy(real, at('real')).add(crossEntropy(fake, at('fake')));
      },
      generator: (fake) => fake.neg().softplus().mean(),
    }),
});
