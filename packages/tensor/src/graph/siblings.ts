import type { Attribute, Attributes } from '../operator.js';
import { Tensor } from '../tensor.js';

/** Result number `output` of the operator application that `x` is a result of. */
export function siblingOf(x: Tensor, output: number): Tensor {
  return x.attributes.output === output ? x : new Tensor(x.operator, x.inputs, { ...x.attributes, output });
}

/** Whether two tensors are results of the same application of an operator, or the same result. */
export function areSiblings(a: Tensor, b: Tensor): boolean {
  return (
    a.operator === b.operator &&
    a.inputs.length === b.inputs.length &&
    a.inputs.every((x, i) => x === b.inputs[i]) &&
    sameCall(a.attributes, b.attributes)
  );
}

/** Whether attributes agree but for `output`. */
function sameCall(a: Attributes, b: Attributes): boolean {
  const keys = Object.keys(a);
  if (a === b) return true;
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => key === 'output' || sameAttribute(a[key], b[key]));
}

function sameAttribute(a: Attribute | undefined, b: Attribute | undefined): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((x, i) => Object.is(x, b[i]));
}

/** The tensors that have siblings or could have, in groups of siblings. */
export function siblingGroups(nodes: readonly Tensor[]): ReadonlyMap<Tensor, readonly Tensor[]> {
  const groups = new Map<Tensor, Tensor[]>();
  // Siblings read the same first input, so that few tensors need to be compared.
  const byInput = new Map<Tensor | undefined, Tensor[][]>();
  for (const node of nodes) {
    if (node.operator.results === undefined) continue;
    const near = byInput.get(node.inputs[0]) ?? [];
    byInput.set(node.inputs[0], near);
    const group = near.find(([first]) => first !== undefined && areSiblings(first, node));
    if (group === undefined) near.push([node]);
    else group.push(node);
    groups.set(node, group ?? (near.at(-1) as Tensor[]));
  }
  return groups;
}
