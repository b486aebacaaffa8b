import type { DataOf, Dtype } from './dtype.js';
import { GanymedeError } from './error.js';
import { type Graph, graph, isGraph } from './graph/graph.js';
import { type Bindings, bindShape, resolveShape } from './graph/named-dimensions.js';
import { inputName } from './operators/input.js';
import { formatShape } from './shape.js';
import type { Tensor } from './tensor.js';
import type { Value } from './value.js';

/** A value for each output. */
export type Results<Outputs> = Outputs extends Graph
  ? Record<string, Value>
  : { -readonly [K in keyof Outputs]: Value };

/** Options of {@link evaluate}. */
export interface EvaluateOptions {
  /** Called with the value of each `tap`, in the order of computation. */
  readonly tap?: (label: string, value: Value) => void;
  /** Called with every tensor that was computed (not given), its value, and when its kernel began, in milliseconds. */
  readonly computed?: (node: Tensor, value: Value, began: number) => void;
}

/**
 * Computes outputs from the values of their inputs, with the reference kernel of each operator: plain TypeScript, exact
 * in float64, meant for tests, constant folding and small programs. Backends are for the rest.
 *
 * `GANYMEDE_FEED` if a value is missing or does not fit; feeds of other names are ignored. Results may share memory with
 * feeds.
 */
export function evaluate<const Outputs extends Graph | Readonly<Record<string, Tensor>>>(
  outputs: Outputs,
  feeds: Readonly<Record<string, Value>> = {},
  { tap, computed }: EvaluateOptions = {},
): Results<Outputs> {
  const program = isGraph(outputs) ? outputs : graph({ outputs });
  const bindings: Bindings = new Map();
  const values = new Map<Tensor, Value>();
  for (const x of program.inputs) values.set(x, feedOf(x, feeds, bindings));
  const uses = countUses(program);
  for (const node of program.nodes) {
    const given = values.get(node);
    const began = computed === undefined ? 0 : performance.now();
    const result = given ?? compute(node, values, bindings);
    values.set(node, result);
    if (given === undefined) computed?.(node, result, began);
    if (tap !== undefined && node.operator.name === 'Tap') tap(String(node.attributes.label), result);
    for (const x of node.inputs) release(x, uses, values);
  }
  const results = Object.entries(program.outputs).map(([name, x]) => [name, values.get(x)]);
  // The names are those of `outputs`, which fromEntries does not know, and every output was computed.
  return Object.fromEntries(results) as Results<Outputs>;
}

/** The value fed for an input, checked; its shape tells what the input's named dimensions stand for. */
function feedOf(x: Tensor, feeds: Readonly<Record<string, Value>>, bindings: Bindings): Value {
  const name = inputName(x) ?? '';
  const fed = feeds[name];
  const wanted = `input "${name}" (${x.dtype}${formatShape(x.shape)})`;
  if (fed === undefined) {
    throw new GanymedeError('GANYMEDE_FEED', {
      message: `${wanted} has no value`,
      hint: `fed: ${Object.keys(feeds).join(', ') || 'nothing'}`,
      data: { input: name },
    });
  }
  const problem = fed.dtype === x.dtype ? bindShape(x.shape, fed.shape, bindings) : `is ${fed.dtype}`;
  if (problem === undefined) return fed;
  throw new GanymedeError('GANYMEDE_FEED', {
    message: `${wanted} got a value ${fed.dtype}${formatShape(fed.shape)} that ${problem}`,
    data: { input: name },
  });
}

function compute(node: Tensor, values: ReadonlyMap<Tensor, Value>, bindings: Bindings): Value {
  const output = { dtype: node.dtype, shape: resolveShape(node.shape, bindings) };
  // Every input was computed before, as nodes are in topological order.
  const inputs = node.inputs.map((x) => values.get(x) as Value);
  const data = node.operator.evaluate(inputs, node.attributes, output) as DataOf[Dtype];
  return { ...output, data };
}

/** How often each tensor is read; outputs once more, so that they are kept. */
function countUses(program: Graph): Map<Tensor, number> {
  const uses = new Map<Tensor, number>();
  const use = (x: Tensor): void => void uses.set(x, (uses.get(x) ?? 0) + 1);
  for (const node of program.nodes) node.inputs.forEach(use);
  Object.values(program.outputs).forEach(use);
  return uses;
}

function release(x: Tensor, uses: Map<Tensor, number>, values: Map<Tensor, Value>): void {
  const left = (uses.get(x) ?? 0) - 1;
  uses.set(x, left);
  if (left === 0) values.delete(x);
}
