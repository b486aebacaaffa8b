import { allocate, type DataOf, type Dtype, isFloating, type TensorData } from '../../dtype.js';
import { evaluate } from '../../evaluate.js';
import { vjp } from '../../gradient/grad.js';
import { substitute } from '../../graph/substitute.js';
import { closeOver, type Subprogram } from '../../graph/subprogram.js';
import { lengthOf } from '../../kernels/numbers.js';
import {
  type Attributes,
  defineOperator,
  type Partial,
  type Siblings,
  type TensorType,
} from '../../operator.js';
import type { Dim } from '../../shape.js';
import { makeTensor, type Tensor } from '../../tensor.js';
import type { Value } from '../../value.js';
import { add } from '../add.js';
import { zeros } from '../full.js';
import { input } from '../input.js';

/**
 * The inputs are the first states, the sequences, and what the body reads of the outside. The results are the last states, the
 * outputs of all steps, and, for the gradient, the states before all steps: those of the body, in its order.
 */
export type ScanAttributes = {
  readonly body: Subprogram;
  /** Number of states. */
  readonly states: number;
  /** Number of sequences. */
  readonly num_scan_inputs: number;
  readonly reverse: 0 | 1;
  readonly output: number;
};

/** A scan whose body has been built. */
export interface ScanParts {
  readonly init: readonly Tensor[];
  readonly sequences: readonly Tensor[];
  /** The body's inputs: states, then elements. */
  readonly parameters: readonly Tensor[];
  readonly state: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly reverse: boolean;
  /** What other tensors of the body stand for outside. */
  readonly outside?: ReadonlyMap<Tensor, Tensor>;
}

/** All results of a scan. */
export function runScan(parts: ScanParts): Tensor[] {
  const { init, sequences, parameters, state, outputs, reverse, outside = new Map() } = parts;
  const before = parameters.slice(0, init.length);
  const computed = substitute([...state, ...outputs], outside);
  const { body, captures } = closeOver(parameters, [...computed, ...before]);
  const attributes = {
    body,
    states: init.length,
    num_scan_inputs: sequences.length,
    reverse: reverse ? 1 : 0,
  } as const;
  return body.results.map((_, output) =>
    makeTensor(scanOperator, [...init, ...sequences, ...captures], { ...attributes, output }),
  );
}

/** Reads a scan's inputs or what belongs to them. */
const split = <T>(list: readonly T[], { states, num_scan_inputs: n }: ScanAttributes) => ({
  init: list.slice(0, states),
  sequences: list.slice(states, states + n),
  captures: list.slice(states + n),
});

function infer(inputs: readonly Tensor[], attributes: ScanAttributes): TensorType {
  const { body, states, output } = attributes;
  const { dtype, shape } = body.results[output] as Tensor;
  const steps: Dim = split(inputs, attributes).sequences[0]?.shape[0] ?? 1;
  return { dtype, shape: output < states ? shape : [steps, ...shape] };
}

/**
 * The gradient as a scan the other way. Its state is the gradient of the state, and the sum so far of the gradient of everything
 * that all steps read; its sequences are those of the scan, the states before each step, and the gradients of the outputs.
 */
function gradients(
  gs: readonly (Tensor | undefined)[],
  { inputs, attributes, wanted, result }: Siblings<readonly Tensor[], ScanAttributes>,
): readonly Partial[] {
  const { body, states: count, reverse } = attributes;
  const { init, sequences, captures } = split(inputs, attributes);
  const own = split(body.parameters, attributes);
  const differentiable = init.flatMap((x, i) => (isFloating(x.dtype) ? [i] : []));
  const needed = split(wanted, attributes);
  const elements = sequences.flatMap((_, i) => (needed.sequences[i] ? [i] : []));
  const outer = captures.flatMap((_, i) => (needed.captures[i] ? [i] : []));
  const pick = <T>(list: readonly T[], at: readonly number[]): T[] => at.map((i) => list[i] as T);

  const order = orderOf(body);
  const like = (name: string, x: Tensor, i: number): Tensor =>
    input(`gradient${order}.${name}.${i}`, x.shape, x.dtype);
  const stateGradients = pick(init, differentiable).map((x, i) => like('state', x, i));
  const sums = pick(captures, outer).map((x, i) => like('outer', x, i));
  const given = gs.flatMap((g, i) => (i >= count && g !== undefined ? [i] : []));
  const outputGradients = pick(body.results, given).map((x, i) => like('output', x, i));

  const ys = [...pick(body.results, differentiable), ...pick(body.results, given)];
  const xs = [
    ...pick(own.init, differentiable),
    ...pick(own.captures, outer),
    ...pick(own.sequences, elements),
  ];
  const partials = vjp(ys, xs, [...stateGradients, ...outputGradients]);
  const [d, o] = [differentiable.length, outer.length];
  const results = runScan({
    init: [
      ...differentiable.map((i) => gs[i] ?? zeros(init[i]?.shape ?? [], init[i]?.dtype ?? 'float32')),
      ...pick(captures, outer).map((x) => zeros(x.shape, x.dtype)),
    ],
    sequences: [
      ...init.map((_, i) => result(body.results.length - count + i)),
      ...sequences,
      ...given.map((i) => gs[i] as Tensor),
    ],
    parameters: [...stateGradients, ...sums, ...own.init, ...own.sequences, ...outputGradients],
    state: [...partials.slice(0, d), ...sums.map((sum, i) => add(sum, partials[d + i] as Tensor))],
    outputs: partials.slice(d + o),
    reverse: reverse === 0,
    outside: new Map(own.captures.map((x, i) => [x, captures[i] as Tensor])),
  });
  const back: Partial[] = inputs.map(() => null);
  differentiable.forEach((i, k) => {
    back[i] = results[k] ?? null;
  });
  outer.forEach((i, k) => {
    back[count + sequences.length + i] = results[d + k] ?? null;
  });
  elements.forEach((i, k) => {
    back[count + i] = results[d + o + k] ?? null;
  });
  return back;
}

/** How often a body has been differentiated, plus one: its parameters have other names than those of the gradient's body. */
function orderOf({ parameters }: Subprogram): number {
  const isTaken = (order: number): boolean =>
    parameters.some((x) => String(x.attributes.name).startsWith(`gradient${order}.`));
  let order = 1;
  while (isTaken(order)) order++;
  return order;
}

/** Element `i` of a sequence. */
function elementOf({ dtype, shape, data }: Value, i: number): Value {
  const size = lengthOf(shape.slice(1));
  return { dtype, shape: shape.slice(1), data: data.slice(i * size, (i + 1) * size) as DataOf[Dtype] };
}

function evaluateScan(
  inputs: readonly Value[],
  attributes: ScanAttributes,
  output: { readonly dtype: Dtype; readonly shape: readonly number[] },
): TensorData {
  const { body, states, reverse, output: wanted } = attributes;
  const { init, sequences, captures } = split(inputs, attributes);
  const steps = sequences[0]?.shape[0] ?? 0;
  const collected: TensorData = allocate(output.dtype, lengthOf(output.shape));
  let state = init;
  for (let step = 0; step < steps; step++) {
    const at = reverse === 1 ? steps - 1 - step : step;
    const given = [...state, ...sequences.map((x) => elementOf(x, at)), ...captures];
    const feeds = Object.fromEntries(
      body.parameters.map((x, i) => [String(x.attributes.name), given[i] as Value]),
    );
    const results = evaluate(body.program, feeds);
    const result = results[String(wanted)] as Value;
    // One dtype on both sides; the element kind (number or bigint) cannot be told apart statically.
    if (wanted >= states)
      (collected as Float32Array).set(result.data as Float32Array, at * result.data.length);
    state = init.map((_, i) => results[String(i)] as Value);
  }
  return wanted < states ? (state[wanted] as Value).data : collected;
}

/** Attributes that say where the sequences and outputs begin. */
const directions = (
  { num_scan_inputs: inputs, states, reverse }: ScanAttributes,
  results: readonly number[],
): Attributes =>
  reverse === 0
    ? {}
    : {
        scan_input_directions: new Array<number>(inputs).fill(1),
        // An empty list would be an attribute without a value to the reference checker.
        ...(results.length > states && {
          scan_output_directions: new Array<number>(results.length - states).fill(1),
        }),
      };

export const scanOperator = defineOperator<ScanAttributes>({
  name: 'Scan',
  results: ({ body }) => body.results.length,
  infer,
  gradients,
  evaluate: evaluateScan,
  onnx: {
    attributes: { num_scan_inputs: 'int', scan_input_directions: 'ints', scan_output_directions: 'ints' },
    body: {
      outer: ({ body, states, num_scan_inputs: n }) => body.parameters.length - states - n,
      results: ({ body, states }, needed) =>
        body.results.map((_, i) => i).filter((i) => i < states || needed.has(i)),
      attributes: directions,
    },
  },
});
