import { feedSignature, type FeedSignature } from '@ganymede/core';
import {
  constantValue,
  type Graph,
  inputName,
  isStatic,
  type Shape,
  type Tensor,
  type Value,
} from '@ganymede/tensor';
import type { Binding, Run, TfjsKernel } from './kernel.js';
import { kernelTable, transparent } from './kernels/kernel-table.js';
import { type Abilities, requireOperators } from './require-operators.js';
import { prepareGraph } from './prepare-graph.js';
import { held, type TfTensor } from './tfjs.js';

/** One operator to compute. Slots are places for tensors, numbered from 0. */
export interface Step {
  readonly node: Tensor;
  readonly run: Run;
  readonly inputs: readonly number[];
  /** Where each result goes; undefined for one that nobody needs. */
  readonly outputs: readonly (number | undefined)[];
  /** `undefined` where named dimensions have to be resolved first. */
  readonly shape: readonly number[] | undefined;
  /** Slots that nothing reads after this step. */
  readonly release: readonly number[];
}

/** An output of the graph and where it is. */
export interface PlannedOutput {
  readonly name: string;
  readonly slot: number;
  readonly dtype: Value['dtype'];
  readonly shape: Shape;
}

/** A graph in the order it is computed in, with the moment each tensor can go. */
export interface Plan {
  readonly signature: FeedSignature;
  readonly slots: number;
  readonly constants: ReadonlyMap<number, Value>;
  readonly feeds: ReadonlyMap<string, number>;
  readonly steps: readonly Step[];
  readonly outputs: readonly PlannedOutput[];
}

/**
 * Plans how a graph is computed. Throws `GANYMEDE_BACKEND_OPERATOR` for operators that TensorFlow.js, or the backend, lacks,
 * and for float64.
 */
export function planGraph(
  source: Graph,
  constants: Readonly<Record<string, Value>>,
  abilities: Abilities,
): Plan {
  const signature = feedSignature(source, constants);
  const graph = prepareGraph(source);
  requireOperators(graph, abilities);
  const slots = new Map<Tensor, number>();
  const known = new Map<number, Value>();
  const feeds = new Map<string, number>();
  const order: Tensor[] = [];
  let count = 0;
  for (const node of graph.nodes) {
    if (isShared(node)) {
      slots.set(node, slots.get(node.inputs[0] as Tensor) as number);
      continue;
    }
    const slot = count++;
    slots.set(node, slot);
    const name = inputName(node);
    const value = name === undefined ? constantValue(node) : constants[name];
    if (value !== undefined) known.set(slot, value);
    else if (name !== undefined) feeds.set(name, slot);
    else order.push(node);
  }
  const slotOf = (x: Tensor): number => slots.get(x) as number;
  const outputs = Object.entries(graph.outputs).map(([name, x]) => ({
    name,
    slot: slotOf(x),
    dtype: x.dtype,
    shape: x.shape,
  }));
  const binding = { plan: (body: Graph): Plan => planGraph(body, {}, abilities), has: abilities.has };
  const kept = new Set([...known.keys(), ...outputs.map(({ slot }) => slot)]);
  return {
    signature,
    slots: count,
    constants: known,
    feeds,
    steps: stepsOf(order, slotOf, kept, binding),
    outputs,
  };
}

/** Whether the tensor is its input as TensorFlow.js sees it: nothing is computed, not even between int32 and int64. */
function isShared({ operator, inputs, dtype }: Tensor): boolean {
  if (transparent.has(operator.name)) return true;
  const from = inputs[0]?.dtype;
  if (
    operator.name !== 'Cast' ||
    dtype === 'uint8' ||
    dtype === 'float64' ||
    from === undefined ||
    from === 'float64'
  )
    return false;
  return held[from] === held[dtype];
}

/** Nodes that are results of one application of an operator, by number; one that has a single result stands alone. */
function applications(order: readonly Tensor[]): (readonly (Tensor | undefined)[])[] {
  const groups = new Map<string, (Tensor | undefined)[]>();
  return order.flatMap((node) => {
    const { operator, attributes, inputs } = node;
    if (operator.results === undefined) return [[node]];
    const { output, body, ...others } = attributes;
    const bodies = (body as { results?: readonly Tensor[] } | undefined)?.results?.map(({ id }) => id);
    const key = JSON.stringify([operator.name, inputs.map(({ id }) => id), others, bodies]);
    const known = groups.get(key);
    if (known !== undefined) {
      known[Number(output)] = node;
      return [];
    }
    const group: (Tensor | undefined)[] = [];
    group[Number(output)] = node;
    groups.set(key, group);
    return [group];
  });
}

/** Operators that move elements: some kernels of TensorFlow.js do not move booleans, which then travel as int32. */
const movers: ReadonlySet<string> = new Set(
  'Concat Expand Gather GatherElements GatherND Pad ScatterElements ScatterND Slice Tile Transpose Where'.split(
    ' ',
  ),
);

function bound(node: Tensor, binding: Binding): Run {
  const { name } = node.operator;
  const run = (kernelTable[name] as TfjsKernel).bind(node, binding);
  if (node.dtype !== 'bool' || !movers.has(name)) return run;
  const carried = node.inputs.map((x, i) => x.dtype === 'bool' && !(name === 'Where' && i === 0));
  return ({ tf, inputs, shape }) => {
    const numbers = inputs.map((x, i) => (carried[i] ? tf.cast(x, 'int32') : x));
    return tf.notEqual(run({ tf, inputs: numbers, shape }) as TfTensor, tf.scalar(0, 'int32'));
  };
}

function stepsOf(
  order: readonly Tensor[],
  slotOf: (x: Tensor) => number,
  kept: ReadonlySet<number>,
  binding: Binding,
): Step[] {
  const groups = applications(order);
  const nodeOf = (group: readonly (Tensor | undefined)[]): Tensor =>
    group.find((x) => x !== undefined) as Tensor;
  const lastUse = new Map<number, number>();
  groups.forEach((group, i) => {
    for (const x of group) if (x !== undefined) lastUse.set(slotOf(x), i);
    for (const x of nodeOf(group).inputs) lastUse.set(slotOf(x), i);
  });
  const ends = groupByEnd(lastUse);
  return groups.map((group, i) => {
    const node = nodeOf(group);
    return {
      node,
      run: bound(node, binding),
      inputs: node.inputs.map(slotOf),
      outputs: Array.from(group, (x) => x && slotOf(x)),
      shape: isStatic(node.shape) ? node.shape : undefined,
      release: (ends.get(i) ?? []).filter((slot) => !kept.has(slot)),
    };
  });
}

function groupByEnd(lastUse: ReadonlyMap<number, number>): Map<number, number[]> {
  const ends = new Map<number, number[]>();
  for (const [slot, step] of lastUse) ends.set(step, [...(ends.get(step) ?? []), slot]);
  return ends;
}
