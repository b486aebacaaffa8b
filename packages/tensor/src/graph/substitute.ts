import { scopeAt } from '../scope.js';
import type { Tensor } from '../tensor.js';
import { withInputs } from './rewrite.js';
import { topologicalOrder } from './topological-order.js';

/** `tensors` rebuilt with others in the place of some that they are computed from. */
export function substitute(
  tensors: readonly Tensor[],
  replacements: ReadonlyMap<Tensor, Tensor>,
): readonly Tensor[] {
  if (replacements.size === 0) return tensors;
  const replaced = new Map(replacements);
  for (const node of topologicalOrder(tensors)) {
    if (replaced.has(node)) continue;
    const inputs = node.inputs.map((x) => replaced.get(x) ?? x);
    replaced.set(
      node,
      scopeAt(node.scope, () => withInputs(node, inputs)),
    );
  }
  return tensors.map((x) => replaced.get(x) ?? x);
}
