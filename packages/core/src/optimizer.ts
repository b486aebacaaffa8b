import type { Tensor, Value } from '@ganymede/tensor';
import type { Tree } from './network.js';
import type { StepContext } from './step.js';

/**
 * A gradient transformation, as in optax: `init` makes the slots for the parameters; `update` turns gradients into updates to
 * be ADDED to the parameters, and returns the next slots. Pure; chains with others.
 */
export interface Optimizer {
  init(params: Tree<Value>): Tree<Value>;
  update(
    gradients: Tree<Tensor>,
    slots: Tree<Tensor>,
    params: Tree<Tensor>,
    ctx: StepContext,
  ): { readonly updates: Tree<Tensor>; readonly slots: Tree<Tensor> };
}
