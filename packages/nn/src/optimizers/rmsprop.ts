import type { Optimizer, StepContext } from '@ganymede/core';
import { defineOptimizer, mapTree, zipTrees } from '@ganymede/core';
import { filled, maximum, type Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { treeAt } from '../variables.js';
import { chain } from './chain.js';
import { momentum as withMomentum } from './momentum.js';
import { scaleByRate } from './scale.js';
import { scheduled } from './scheduled.js';

interface Direction {
  readonly decay: number;
  readonly epsilon: number;
  readonly centred: boolean;
}

/**
 * g / (√mean square + ε). Slots hold discounted sums V' = decay · V + g² (and M' = decay · M + g where centred), so that the mean
 * square is (1 − decay) · V and, times `factor`, g / (√mean square + ε) = g · k / (√V + ε·k) with k = 1 / √(1 − decay): one product less per tensor.
 * Centred, V gives way to V − (1 − decay) · M², which rounding must not make negative.
 */
const direction = (
  { decay, epsilon, centred }: Direction,
  factor?: (ctx: StepContext) => Tensor,
): Optimizer => {
  const k = 1 / Math.sqrt(1 - decay);
  type Pair = [Tensor, Tensor];
  return {
    init(params) {
      const zeros = () => mapTree(params, (p) => filled(p.shape, 0));
      return centred ? { v: zeros(), m: zeros() } : { v: zeros() };
    },
    update(gradients, slots, _params, ctx) {
      const scale = factor?.(ctx).mul(k) ?? k;
      const v = zipTrees<Pair, Tensor>([treeAt(slots, 'v'), gradients], ([sum, g]) =>
        sum.mul(decay).add(g.mul(g)),
      );
      const m = centred
        ? zipTrees<Pair, Tensor>([treeAt(slots, 'm'), gradients], ([sum, g]) => sum.mul(decay).add(g))
        : undefined;
      const spread =
        m === undefined
          ? v
          : zipTrees<Pair, Tensor>([v, m], ([sum, mean]) =>
              maximum(sum.sub(mean.mul(mean).mul(1 - decay)), 0),
            );
      const updates = zipTrees<Pair, Tensor>([gradients, spread], ([g, sum]) =>
        g.mul(scale).div(sum.sqrt().add(epsilon * k)),
      );
      return { updates, slots: m === undefined ? { v } : { v, m } };
    },
  };
};

/**
 * RMSProp (Tieleman and Hinton 2012), as `torch.optim.RMSprop`: p − rate · g / (√mean square + epsilon). The mean square starts
 * from 0 and is not bias-corrected; its decay is TensorFlow's 0.9 (PyTorch: 0.99). Centred (Graves 2013, eq. 38-45) it is the
 * variance. WGAN with weight clipping uses rate 5e-5. Slot `v` per parameter (centred also `m`); with momentum below `1`, and `2/velocity`.
 */
export const rmsprop = defineOptimizer({
  id: '@ganymede/nn/rmsprop',
  summary: 'RMSProp (Tieleman and Hinton 2012), optionally centred or with momentum',
  options: z.object({
    rate: scheduled().default(1e-2).describe('learning rate: a number, or a schedule'),
    decay: z.number().min(0).lt(1).default(0.9).describe('decay of the mean squared gradient, in [0, 1)'),
    epsilon: z.number().nonnegative().default(1e-8).describe('added to the root of the mean square'),
    centred: z
      .boolean()
      .default(false)
      .describe('divide by the standard deviation instead of the root mean square'),
    momentum: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .describe('share of the velocity that a step keeps, in [0, 1)'),
  }),
  create: ({ rate, momentum, ...moments }) =>
    momentum === 0
      ? direction(moments, (ctx) => ctx.scalar('rate', rate).neg())
      : chain(direction(moments), withMomentum({ momentum }), scaleByRate(rate)),
});
