import type { Optimizer, Scheduled } from '@ganymede/core';
import { defineOptimizer, mapTree, zipTrees } from '@ganymede/core';
import { filled, type Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { treeAt } from '../variables.js';
import { scheduled } from './scheduled.js';

interface RmspropOptions {
  readonly rate: Scheduled;
  readonly decay: number;
  readonly epsilon: number;
}

/**
 * The slot holds the discounted sum of squares V' = decay · V + g², so that the mean square is (1 − decay) · V and
 * g / (√mean square + ε) = g · k / (√V + ε·k) with k = 1 / √(1 − decay): one product less per tensor.
 */
const descend = ({ rate, decay, epsilon }: RmspropOptions): Optimizer => ({
  init: (params) => ({ v: mapTree(params, (p) => filled(p.shape, 0)) }),
  update(gradients, slots, _params, ctx) {
    const k = 1 / Math.sqrt(1 - decay);
    const scale = ctx.scalar('rate', rate).mul(-k);
    const v = zipTrees<[Tensor, Tensor], Tensor>([treeAt(slots, 'v'), gradients], ([sum, g]) =>
      sum.mul(decay).add(g.mul(g)),
    );
    const updates = zipTrees<[Tensor, Tensor], Tensor>([gradients, v], ([g, sum]) =>
      g.mul(scale).div(sum.sqrt().add(epsilon * k)),
    );
    return { updates, slots: { v } };
  },
});

/**
 * RMSProp (Tieleman and Hinton 2012), as `torch.optim.RMSprop`: p − rate · g / (√mean square + epsilon). The mean square starts
 * from 0 and is not bias-corrected. WGAN with weight clipping uses rate 5e-5. Slot `v` per parameter.
 */
export const rmsprop = defineOptimizer({
  id: '@ganymede/nn/rmsprop',
  summary: 'RMSProp (Tieleman and Hinton 2012)',
  options: z.object({
    rate: scheduled().default(1e-2).describe('learning rate: a number, or a schedule'),
    decay: z.number().min(0).lt(1).default(0.9).describe('decay of the mean squared gradient, in [0, 1)'),
    epsilon: z.number().nonnegative().default(1e-8).describe('added to the root of the mean square'),
  }),
  create: descend,
});
