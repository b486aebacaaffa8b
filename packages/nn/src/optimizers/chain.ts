import type { Optimizer, Tree } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { treeAt } from '../variables.js';

/**
 * Applies optimizers one after the other, each to the updates of the one before; slots and scalars of the k-th lie below `k`
 * (from 1).
 *
 * ```ts
 * import { adam, chain, clipByGlobalNorm } from '@ganymede/nn';
 *
 * chain(clipByGlobalNorm(5), adam({ rate: 1e-3 }));
 * ```
 */
export const chain = (...optimizers: readonly Optimizer[]): Optimizer => ({
  init: (params) =>
    Object.fromEntries(
      optimizers
        .map((optimizer, i) => [String(i + 1), optimizer.init(params)] as const)
        .filter(([, slots]) => Object.keys(slots).length > 0),
    ),
  update(gradients, slots, params, ctx) {
    let updates = gradients;
    const next: Record<string, Tree<Tensor>> = {};
    optimizers.forEach((optimizer, i) => {
      const name = String(i + 1);
      const result = optimizer.update(updates, treeAt(slots, name), params, ctx.child(name));
      updates = result.updates;
      if (Object.keys(result.slots).length > 0) next[name] = result.slots;
    });
    return { updates, slots: next };
  },
});
