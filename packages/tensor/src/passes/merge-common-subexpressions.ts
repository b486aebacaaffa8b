import type { Graph } from '../graph/graph.js';
import { rewriteGraph } from '../graph/rewrite.js';
import type { Attribute } from '../operator.js';
import type { Tensor } from '../tensor.js';
import type { Value } from '../value.js';

/** Constants up to this many elements are compared by content, larger ones by identity. */
const COMPARED = 64;

/**
 * Makes one tensor of all that apply the same operator to the same inputs with the same attributes. It keeps the scope of
 * the first. Results do not change.
 */
export function mergeCommonSubexpressions(source: Graph): Graph {
  const seen = new Map<string, Tensor>();
  const values = new Map<Value, number>();
  const text = (x: Attribute): string => {
    if (typeof x === 'number') return Object.is(x, -0) ? '-0' : String(x);
    if (typeof x === 'object' && 'data' in x) {
      if (x.data.length <= COMPARED)
        return `${x.dtype}[${x.shape.join()}]${Array.from(x.data as ArrayLike<number>, text).join()}`;
      const id = values.get(x) ?? values.size;
      values.set(x, id);
      return `#${id}`;
    }
    return typeof x === 'object' ? `[${x.map(text).join()}]` : JSON.stringify(x);
  };
  return rewriteGraph(source, (node) => {
    // Inputs have unique names; merging a tap would lose a label's report.
    if (node.operator.name === 'Input' || node.operator.name === 'Tap') return node;
    const attributes = Object.keys(node.attributes)
      .sort()
      .map((key) => `${key}=${text(node.attributes[key] as Attribute)}`);
    const key = `${node.operator.name}(${node.inputs.map((x) => x.id).join()}){${attributes.join(';')}}`;
    const first = seen.get(key);
    if (first !== undefined) return first;
    seen.set(key, node);
    return node;
  });
}
