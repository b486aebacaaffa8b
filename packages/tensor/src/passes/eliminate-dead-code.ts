import { type Graph, graph } from '../graph/graph.js';

/**
 * Drops every node and input that no output needs; with `keep`, first drops all other outputs. (Graphs made by `graph` hold
 * no dead nodes; ones assembled by hand, or reduced to some outputs, may.)
 */
export function eliminateDeadCode(
  source: Graph,
  { keep }: { readonly keep?: readonly string[] } = {},
): Graph {
  const outputs = Object.entries(source.outputs).filter(([name]) => keep?.includes(name) ?? true);
  const alive = graph({ outputs: Object.fromEntries(outputs), name: source.name });
  const same =
    alive.nodes.length === source.nodes.length && outputs.length === Object.keys(source.outputs).length;
  return same ? source : alive;
}
