import type { Optimizer, StepContext, Tree } from '@ganymede/core';
import { scopeAt, type Tensor } from '@ganymede/tensor';
import { applyUpdates } from './apply-updates.js';
import { gradientsOf } from './gradients-of.js';

/**
 * One descent step of `optimizer` on the scalar `loss`: the parameters after it and the optimizer's next slots. The learning
 * rate and other scalars are declared below `ctx`.
 */
export const descend = (
  optimizer: Optimizer,
  loss: Tensor,
  params: Tree<Tensor>,
  slots: Tree<Tensor>,
  ctx: StepContext,
): { readonly params: Tree<Tensor>; readonly slots: Tree<Tensor> } =>
  descendAlong(optimizer, gradientsOf(loss, params), params, slots, ctx);

/** {@link descend} along gradients that are known, or that are no gradients of one loss. */
export const descendAlong = (
  optimizer: Optimizer,
  gradients: Tree<Tensor>,
  params: Tree<Tensor>,
  slots: Tree<Tensor>,
  ctx: StepContext,
): { readonly params: Tree<Tensor>; readonly slots: Tree<Tensor> } =>
  scopeAt(ctx.path === '' ? 'optimizer' : ctx.path, () => {
    const next = optimizer.update(gradients, slots, params, ctx);
    return { params: applyUpdates(params, next.updates), slots: next.slots };
  });
