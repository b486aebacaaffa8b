import { scopeAt } from '../scope.js';
import { Tensor } from '../tensor.js';
import { type Graph, graph } from './graph.js';

/** Replaces a tensor whose inputs have been rewritten already, or returns it. The replacement has its dtype and shape. */
export type Rewrite = (node: Tensor) => Tensor;

/** `node` over other inputs; itself if they are the same. Keeps its scope. */
export function withInputs(node: Tensor, inputs: readonly Tensor[]): Tensor {
  if (inputs.every((x, i) => x === node.inputs[i])) return node;
  return scopeAt(node.scope, () => new Tensor(node.operator, inputs, node.attributes));
}

/**
 * Walks the graph from inputs to outputs and replaces each tensor by what `replace` makes of it; what it builds belongs to
 * the scope of the tensor it replaces. The same graph comes back when nothing changed.
 */
export function rewriteGraph(source: Graph, replace: Rewrite): Graph {
  const replaced = new Map<Tensor, Tensor>();
  let changed = false;
  for (const node of source.nodes) {
    const rebuilt = withInputs(
      node,
      node.inputs.map((x) => replaced.get(x) ?? x),
    );
    const result = scopeAt(node.scope, () => replace(rebuilt));
    replaced.set(node, result);
    if (result !== node) changed = true;
  }
  if (!changed) return source;
  const outputs = Object.entries(source.outputs).map(([name, x]) => [name, replaced.get(x) ?? x]);
  return graph({ outputs: Object.fromEntries(outputs), name: source.name });
}
