import { flattenTree, type Optimizer, type StepContext, type Tree, unflattenTree } from '@ganymede/core';
import { grad, scopeAt, type Tensor } from '@ganymede/tensor';
import { applyUpdates } from './apply-updates.js';

/**
 * One descent step of `optimizer` on the scalar `loss`: the parameters after it and the optimizer's next slots. The learning
 * rate and other scalars are declared below `ctx`.
 */
export function descend(
  optimizer: Optimizer,
  loss: Tensor,
  params: Tree<Tensor>,
  slots: Tree<Tensor>,
  ctx: StepContext,
): { readonly params: Tree<Tensor>; readonly slots: Tree<Tensor> } {
  const flat = flattenTree(params);
  const paths = Object.keys(flat);
  const partials = grad(loss, Object.values(flat));
  const gradients = unflattenTree(
    Object.fromEntries(paths.map((path, i) => [path, partials[i] as Tensor] as const)),
  );
  return scopeAt(ctx.path === '' ? 'optimizer' : ctx.path, () => {
    const next = optimizer.update(gradients, slots, params, ctx);
    return { params: applyUpdates(params, next.updates), slots: next.slots };
  });
}
