import { defineRegularizer } from '@ganymede/core';
import { filled, type Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { required } from './loss-input.js';
import { notNegative } from './ranges.js';

/**
 * LeCam regularization (Tseng et al. 2021, eq. 5): weight · (E (real − α_fake)² + E (fake − α_real)²) on the raw logits, where the
 * anchors α are moving averages of the mean logits of past steps: for little data. With `rectified`, as in the authors' code, a
 * real logit is held only from above its anchor and a generated one only from below. State: `real`, `fake` [], from 0.
 *
 * @throws `GANYMEDE_LOSS_INPUT`
 */
export const lecam = defineRegularizer({
  id: '@ganymede/losses/lecam',
  summary: 'Logits held to averages of the other side (LeCam, Tseng et al. 2021)',
  reference: {
    title: 'Regularizing generative adversarial networks under limited data',
    authors: 'Tseng et al.',
    year: 2021,
    formulas: { penalty: { equation: 'λ (E (r − α_fake)² + E (g − α_real)²)', range: notNegative } },
  },
  options: z.object({
    weight: z.number().positive().default(0.3).describe('λ, factor of the penalty'),
    decay: z.number().min(0).lt(1).default(0.99).describe('share of the averages that one step keeps'),
    rectified: z.boolean().default(false).describe('penalise only real logits above, generated ones below'),
  }),
  create: ({ weight, decay, rectified }) => ({
    name: 'lecam',
    init: () => ({ real: filled([], 0), fake: filled([], 0) }),
    penalty({ realLogits, fakeLogits, ctx, state }) {
      const anchor = (side: 'real' | 'fake'): Tensor =>
        required(state?.[side] as Tensor | undefined, 'lecam', `its state "${side}"`);
      const track = (side: 'real' | 'fake', logits: Tensor): void => {
        const now = logits.stopGradient().mean();
        ctx.updateBuffer(
          side,
          anchor(side)
            .mul(decay)
            .add(now.mul(1 - decay)),
        );
      };
      track('real', realLogits);
      track('fake', fakeLogits);
      const held = (excess: Tensor): Tensor => (rectified ? excess.relu() : excess).square().mean();
      const above = held(realLogits.sub(anchor('fake')));
      return above.add(held(anchor('real').sub(fakeLogits))).mul(weight);
    },
  }),
});
