import type { Optimizer } from '@ganymede/core';
import { mapTree, zipTrees } from '@ganymede/core';
import { filled, type Tensor } from '@ganymede/tensor';
import { treeAt } from '../variables.js';

/**
 * A link of a chain: twice this update minus the last one, u' = 2 uₜ − uₜ₋₁, a guess of the next (Popov 1980; Daskalakis et al. 2018).
 * Before a rate it makes optimistic descent of whatever direction comes in. The update before the first counts as 0. Slot `last` per
 * parameter.
 *
 * ```ts
 * import { chain, optimistic, scaleByAdam, scaleByRate } from '@ganymede/nn';
 *
 * chain(scaleByAdam({ beta1: 0.5 }), optimistic(), scaleByRate(1e-4)); // optimistic Adam, in parts
 * ```
 */
export const optimistic = (): Optimizer => ({
  init: (params) => ({ last: mapTree(params, (p) => filled(p.shape, 0)) }),
  update: (gradients, slots) => ({
    updates: zipTrees<[Tensor, Tensor], Tensor>([gradients, treeAt(slots, 'last')], ([g, last]) =>
      g.mul(2).sub(last),
    ),
    slots: { last: gradients },
  }),
});
