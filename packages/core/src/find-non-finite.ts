import {
  constantValue,
  firstNonFinite,
  formatShape,
  type Graph,
  graph,
  inputName,
  isFloating,
  sizeOf,
  type Tensor,
  traceOrigins,
  type Value,
} from '@ganymede/tensor';
import { type Backend, type Held, toHost } from './backend.js';
import { buildStep } from './build-step.js';
import type { StepCall } from './compile-step.js';
import type { StateTypes } from './state-reader.js';
import type { Step } from './step.js';
import { stepFeeds } from './step-feeds.js';
import { formatRange, rangeOf, type ValueRange } from './value-range.js';

/** A tensor of a step as it was computed in one call. */
export interface SeenTensor extends ValueRange {
  /** ONNX operator; `Input` and `Constant` for what is not computed. */
  readonly operator: string;
  /** Path of its layer, `''` outside any; the name of an input. */
  readonly path: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}

/** Where the first number that is not finite came from. */
export interface NonFiniteOrigin {
  readonly tensor: SeenTensor;
  /** What the operator computed it from: all finite. */
  readonly inputs: readonly SeenTensor[];
  /** The line of the user's code that made it, where there is one. */
  readonly source?: string;
  /** The line of the user's code that made its layer. */
  readonly madeAt?: string;
}

/** A call of a step to be looked into. */
export interface SuspectCall {
  readonly step: Step;
  readonly types: StateTypes;
  readonly backend: Backend;
  readonly call: StepCall;
  /** Outputs of its graph that are not finite: `output/<metric>`, `next/<path>`. */
  readonly outputs: readonly string[];
}

/** Values looked at together: all of a large step would not fit into memory. */
const bytesAtOnce = 2 ** 28;

/**
 * Runs a call of a step again, looking at every tensor on the way, and returns the first in order of computation that is not
 * finite though its inputs are, and that led to the given outputs. Infinities that do no harm (masks of a softmax) are passed
 * over. undefined where everything is finite now: another order of computation did not overflow.
 */
export async function findNonFinite(suspect: SuspectCall): Promise<NonFiniteOrigin | undefined> {
  const { step, types, outputs } = suspect;
  const program = traceOrigins(buildStep.name, () => buildStep(step, types, { asWritten: true }));
  const ends = outputs.map((name) => program.graph.outputs[name] as Tensor);
  const trace = graph({ outputs: Object.fromEntries(ends.map((x, i) => [`suspect ${i}`, x])) });
  const feedOf = stepFeeds(program);
  const compute = (tensors: readonly Tensor[]) =>
    valuesOf(tensors, suspect.backend, (name) => feedOf(name)(suspect.call));
  const spoiled = await spoiledTensors(trace, compute);
  const first = originOf(trace, ends, spoiled);
  return first === undefined ? undefined : describe(first, compute);
}

type Compute = (tensors: readonly Tensor[]) => Promise<ReadonlyMap<Tensor, Value>>;

/** Runs the part of the graph that ends in `tensors`. */
async function valuesOf(
  tensors: readonly Tensor[],
  backend: Backend,
  feed: (name: string) => Held,
): Promise<Map<Tensor, Value>> {
  const values = new Map<Tensor, Value>();
  const computed = tensors.filter((x) => !isGiven(x));
  for (const x of tensors) {
    const name = inputName(x);
    const known = name === undefined ? constantValue(x) : await toHost(feed(name));
    if (known !== undefined) values.set(x, known);
  }
  if (computed.length === 0) return values;
  const program = graph({ outputs: Object.fromEntries(computed.map((x, i) => [`value ${i}`, x])) });
  const executable = await backend.compile(program);
  try {
    const feeds = Object.fromEntries(executable.inputs.map((name) => [name, feed(name)]));
    const results = await executable.run(feeds);
    for (const [i, x] of computed.entries()) values.set(x, await toHost(results[`value ${i}`] as Held));
  } finally {
    await executable.dispose();
  }
  return values;
}

const isGiven = (x: Tensor): boolean => inputName(x) !== undefined || constantValue(x) !== undefined;

/** The floating tensors that hold a NaN or an infinity. */
async function spoiledTensors({ nodes }: Graph, compute: Compute): Promise<Set<Tensor>> {
  const spoiled = new Set<Tensor>();
  let [group, bytes]: [Tensor[], number] = [[], 0];
  const look = async (): Promise<void> => {
    for (const [x, value] of await compute(group)) if (firstNonFinite(value) >= 0) spoiled.add(x);
    [group, bytes] = [[], 0];
  };
  for (const node of nodes.filter((x) => isFloating(x.dtype))) {
    group.push(node);
    bytes += sizeOf(node.shape) * 8;
    if (bytes > bytesAtOnce) await look();
  }
  await look();
  return spoiled;
}

/** Goes back from the ends through what is spoiled to where it begins; the earliest such tensor. */
function originOf(
  { nodes }: Graph,
  ends: readonly Tensor[],
  spoiled: ReadonlySet<Tensor>,
): Tensor | undefined {
  const reached = new Set<Tensor>();
  const open = ends.filter((x) => spoiled.has(x));
  for (let x = open.pop(); x !== undefined; x = open.pop()) {
    if (reached.has(x)) continue;
    reached.add(x);
    open.push(...x.inputs.filter((from) => spoiled.has(from)));
  }
  return nodes.find((x) => reached.has(x) && !x.inputs.some((from) => spoiled.has(from)));
}

const transparent = new Set(['StopGradient', 'Identity', 'Tap']);

/** The tensor whose value `x` hands on. */
function behind(x: Tensor): Tensor {
  const [from] = x.inputs;
  return from !== undefined && transparent.has(x.operator.name) ? behind(from) : x;
}

async function describe(x: Tensor, compute: Compute): Promise<NonFiniteOrigin> {
  const inputs = x.inputs.map(behind);
  const values = await compute([...new Set([x, ...inputs])]);
  const see = (tensor: Tensor): SeenTensor => {
    const value = values.get(tensor) as Value;
    const path = inputName(tensor) ?? tensor.scope;
    return {
      operator: tensor.operator.name,
      path,
      dtype: value.dtype,
      shape: value.shape,
      ...rangeOf(value),
    };
  };
  const [source, madeAt] = [x.origin?.source(), x.origin?.madeAt()];
  return {
    tensor: see(x),
    inputs: inputs.map(see),
    ...(source === undefined ? {} : { source }),
    ...(madeAt === undefined ? {} : { madeAt }),
  };
}

const name = ({ operator, path, dtype, shape }: SeenTensor): string =>
  `${operator}${path === '' ? '' : operator === 'Input' ? ` "${path}"` : ` in ${path}`} ${dtype}${formatShape(shape)}`;

/** Lines that tell where it came from. */
export function formatOrigin({ tensor, inputs, source, madeAt }: NonFiniteOrigin): string[] {
  return [
    `it began with ${name(tensor)}: ${formatRange(tensor)}`,
    ...inputs.map((x, i) => `  input ${i + 1}: ${name(x)}: ${formatRange(x)}`),
    ...(source === undefined ? [] : [`  at ${source}`]),
    ...(madeAt === undefined ? [] : [`  in a network made at ${madeAt}`]),
  ];
}
