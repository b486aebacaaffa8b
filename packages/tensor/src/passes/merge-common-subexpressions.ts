import type { Graph } from '../graph/graph.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { isSubprogram, type Subprogram } from '../graph/subprogram.js';
import type { Attribute } from '../operator.js';
import type { Tensor } from '../tensor.js';
import type { Value } from '../value.js';

/** Numbers values so that two have the same number if and only if they have the same dtype, shape and elements. */
function createNumbering(): (x: Value) => number {
  const numbers = new Map<Value, number>();
  const alike = new Map<string, Value[]>();
  return (x) => {
    const known = numbers.get(x);
    if (known !== undefined) return known;
    const type = `${x.dtype}[${x.shape.join()}]`;
    const others = alike.get(type) ?? [];
    alike.set(type, others);
    const same = others.find((other) => sameElements(other, x));
    const number = same === undefined ? numbers.size : (numbers.get(same) as number);
    if (same === undefined) others.push(x);
    numbers.set(x, number);
    return number;
  };
}

function sameElements({ data: a }: Value, { data: b }: Value): boolean {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/**
 * Makes one tensor of all that apply the same operator to the same inputs with the same attributes. It keeps the scope of
 * the first. Results do not change.
 */
export function mergeCommonSubexpressions(source: Graph): Graph {
  const seen = new Map<string, Tensor>();
  const numberOf = createNumbering();
  const bodies: Subprogram[] = [];
  const bodyOf = (x: Subprogram): number => (bodies.includes(x) ? bodies.indexOf(x) : bodies.push(x) - 1);
  const text = (x: Attribute): string => {
    if (typeof x === 'number') return Object.is(x, -0) ? '-0' : String(x);
    if (isSubprogram(x)) return `body ${bodyOf(x)}`;
    if (typeof x === 'object' && 'data' in x) return `#${numberOf(x)}`;
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
