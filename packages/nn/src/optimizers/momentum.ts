import type { Optimizer } from '@ganymede/core';
import { mapTree, zipTrees } from '@ganymede/core';
import { filled, type Tensor } from '@ganymede/tensor';
import { treeAt } from '../variables.js';

/** Options of {@link momentum}. */
export interface MomentumOptions {
  /** Share of the velocity that a step keeps, in [0, 1). */
  readonly momentum: number;
  /** Looks ahead by one step of the velocity (Sutskever et al. 2013). @defaultValue false */
  readonly nesterov?: boolean;
}

/** velocity' = momentum · velocity + gradient; the update is velocity', or gradient + momentum · velocity' (Nesterov). */
export const momentum = ({ momentum: keep, nesterov = false }: MomentumOptions): Optimizer => ({
  init: (params) => ({ velocity: mapTree(params, (p) => filled(p.shape, 0)) }),
  update(gradients, slots) {
    const velocity = zipTrees<[Tensor, Tensor], Tensor>([treeAt(slots, 'velocity'), gradients], ([v, g]) =>
      v.mul(keep).add(g),
    );
    const updates = nesterov
      ? zipTrees<[Tensor, Tensor], Tensor>([velocity, gradients], ([v, g]) => v.mul(keep).add(g))
      : velocity;
    return { updates, slots: { velocity } };
  },
});
