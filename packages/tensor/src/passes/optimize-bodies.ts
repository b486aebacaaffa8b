import type { Graph } from '../graph/graph.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { isSubprogram, type Subprogram } from '../graph/subprogram.js';
import { Tensor } from '../tensor.js';

/**
 * Applies a pass to the body of every loop. Tensors that share a body share the new one, so that the results of a loop stay those of one
 * node.
 */
export function optimizeBodies(source: Graph, pass: (program: Graph) => Graph): Graph {
  const done = new Map<Subprogram, Subprogram>();
  const improved = (body: Subprogram): Subprogram => {
    const known = done.get(body);
    if (known !== undefined) return known;
    const program = pass(body.program);
    const results = body.results.map((_, i) => program.outputs[String(i)] as Tensor);
    const better = program === body.program ? body : { parameters: body.parameters, results, program };
    done.set(body, better);
    return better;
  };
  return rewriteGraph(source, (node) => {
    const { body } = node.attributes;
    if (!isSubprogram(body)) return node;
    const better = improved(body);
    return better === body
      ? node
      : new Tensor(node.operator, node.inputs, { ...node.attributes, body: better });
  });
}
