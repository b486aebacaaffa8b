import { input } from '../operators/input.js';
import type { Tensor } from '../tensor.js';
import { type Graph, graph } from './graph.js';
import { withInputs } from './rewrite.js';
import { topologicalOrder } from './topological-order.js';

/** A tensor program inside an operator: the body of a loop. It reads nothing but its parameters and constants. */
export interface Subprogram {
  /** Inputs of the program, in the order in which the operator gives them. Their names are unique in it. */
  readonly parameters: readonly Tensor[];
  readonly results: readonly Tensor[];
  /** The program, its results named by their position. */
  readonly program: Graph;
}

/** A subprogram, and the tensors outside of it that it reads through its last parameters. */
export interface Closure {
  readonly body: Subprogram;
  readonly captures: readonly Tensor[];
}

/** Whether an attribute is a subprogram. */
export const isSubprogram = (x: unknown): x is Subprogram =>
  typeof x === 'object' && x !== null && 'parameters' in x;

/**
 * Makes a subprogram of `results`, which depend on `parameters` and on anything else. What does not depend on `parameters` is
 * computed outside, once, and becomes a further parameter; constants stay inside.
 */
export function closeOver(parameters: readonly Tensor[], results: readonly Tensor[]): Closure {
  const order = topologicalOrder(results);
  const inner = new Set(parameters);
  for (const node of order) if (node.inputs.some((x) => inner.has(x))) inner.add(node);
  const captures: Tensor[] = [];
  const inside = new Map<Tensor, Tensor>();
  const enter = (x: Tensor): Tensor => {
    const known = inside.get(x);
    if (known !== undefined) return known;
    if (inner.has(x) || x.operator.name === 'Constant') return x;
    const parameter = input(`outer.${captures.length}`, x.shape, x.dtype);
    captures.push(x);
    inside.set(x, parameter);
    return parameter;
  };
  for (const node of order) {
    if (!inner.has(node) || node.inputs.length === 0) continue;
    const inputs = node.inputs.map(enter);
    const rebuilt = withInputs(node, inputs);
    if (rebuilt !== node) inside.set(node, rebuilt);
  }
  const entered = results.map(enter);
  const outer = captures.map((x) => inside.get(x) as Tensor);
  return { body: subprogram([...parameters, ...outer], entered), captures };
}

function subprogram(parameters: readonly Tensor[], results: readonly Tensor[]): Subprogram {
  const outputs = Object.fromEntries(results.map((x, i) => [String(i), x]));
  return { parameters, results, program: graph({ outputs, name: 'body' }) };
}
