import { flattenTree, type Tree, unflattenTree } from '@ganymede/core';
import { grad, type Tensor } from '@ganymede/tensor';

/** The gradient of a scalar by every leaf of `params`, as a tree of the same form; gradients of it are exact, too. */
export function gradientsOf(loss: Tensor, params: Tree<Tensor>): Tree<Tensor> {
  const flat = flattenTree(params);
  const partials = grad(loss, Object.values(flat));
  return unflattenTree(
    Object.fromEntries(Object.keys(flat).map((path, i) => [path, partials[i] as Tensor] as const)),
  );
}
