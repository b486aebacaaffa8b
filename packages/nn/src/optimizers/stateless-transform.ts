import type { Optimizer, StepContext, Tree } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';

/** A gradient transformation without slots. */
export const statelessTransform = (
  update: (gradients: Tree<Tensor>, params: Tree<Tensor>, ctx: StepContext) => Tree<Tensor>,
): Optimizer => ({
  init: () => ({}),
  update: (gradients, _slots, params, ctx) => ({ updates: update(gradients, params, ctx), slots: {} }),
});
