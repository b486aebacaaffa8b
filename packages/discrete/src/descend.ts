import { flattenTree, type Optimizer, type StepContext, type Tree, unflattenTree } from '@ganymede/core';
import { applyUpdates } from '@ganymede/nn';
import { grad, type Tensor } from '@ganymede/tensor';

/**
 * One descent step on the scalar `loss`: updated parameters and next optimizer slots, both as trees.
 * `name` is the path of the optimizer's scalars.
 */
export function descend(
  name: string,
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
  const next = optimizer.update(gradients, slots, params, ctx.child(name));
  return { params: applyUpdates(params, next.updates), slots: next.slots };
}
