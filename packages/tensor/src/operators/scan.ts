import { GanymedeError } from '../error.js';
import { site } from '../scope.js';
import { type Dim, formatShape, sameShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { constant } from './constant.js';
import { runScan } from './families/scan-operator.js';
import { input } from './input.js';

/** What a scan's body is given. */
export interface ScanOptions {
  /** The state before the first step. */
  readonly init: readonly Tensor[];
  /** Sequences, `[T, ...]`, one element of each per step. @defaultValue none */
  readonly sequences?: readonly Tensor[];
  /** Number of steps, if there are no sequences. */
  readonly length?: number;
  /** Whether steps run from the last element of the sequences to the first. @defaultValue false */
  readonly reverse?: boolean;
}

/** What one step computes: the next state, and elements of the results. */
export interface ScanStep {
  readonly state: readonly Tensor[];
  readonly outputs?: readonly Tensor[];
}

/** What {@link scan} gives. */
export interface ScanResult {
  /** The state after the last step. */
  readonly state: readonly Tensor[];
  /** The outputs of all steps, `[T, ...]` each, in the order of the sequences. */
  readonly outputs: readonly Tensor[];
}

/**
 * Runs `step` once per element of the sequences, handing the state on: a recurrence of any length as one node, where unrolling it
 * would make a graph of T copies.
 *
 * `step(state, elements)` is called once, with symbolic tensors, and may read any tensor outside; what depends on neither is computed
 * once, before the loop. Sequences share their first dimension, at least 1, which may be named; the state keeps its dtypes and shapes
 * (`GANYMEDE_SHAPE`, `GANYMEDE_DTYPE`). The gradient is a scan in the other direction over the states, which the first scan then keeps
 * (memory: T states), of any order. In ONNX Runtime on a CPU a loop is faster than its unrolled copies from a few steps on, and builds
 * and compiles in a fraction of the time (an LSTM of 20 steps with gradients: 38 tensors against 906).
 * ONNX: [Scan-16](https://onnx.ai/onnx/operators/onnx__Scan.html), along axis 0.
 *
 * ```ts
 * import { constant, evaluate, numbersOf, scan } from '@ganymede/tensor';
 *
 * const rates = constant([0.1, 0.2], 'float64');
 * const { state: [y] } = scan({ init: [constant(1, 'float64')], sequences: [rates] }, ([x], [rate]) => ({
 *   state: [x.mul(rate.add(1))],
 * }));
 * numbersOf(evaluate({ y }).y); // => [1.32]
 * ```
 */
export function scan(
  { init, sequences = [], length, reverse = false }: ScanOptions,
  step: (state: readonly Tensor[], elements: readonly Tensor[]) => ScanStep,
): ScanResult {
  const steps = lengthOf(sequences, length);
  const states = init.map(({ shape, dtype }, i) => input(`state.${i}`, shape, dtype));
  const elements = sequences.map(({ shape, dtype }, i) => input(`element.${i}`, shape.slice(1), dtype));
  const { state, outputs = [] } = step(states, elements);
  checkState(init, state);
  // ONNX counts the steps by a sequence, so that there must be one.
  const counted =
    sequences.length > 0 ? sequences : [constant(new Array<number>(Number(steps)).fill(0), 'int64')];
  const parameters = [...states, ...(sequences.length > 0 ? elements : [input('element.0', [], 'int64')])];
  const all = runScan({ init, sequences: counted, parameters, state, outputs, reverse });
  return { state: all.slice(0, init.length), outputs: all.slice(init.length, init.length + outputs.length) };
}

function lengthOf(sequences: readonly Tensor[], length: number | undefined): Dim {
  const [first] = sequences;
  const steps = first?.shape[0] ?? length;
  const agree = sequences.every(({ shape }) => shape[0] === steps) && (length ?? steps) === steps;
  if (steps !== undefined && agree && (typeof steps === 'string' || (Number.isInteger(steps) && steps >= 1)))
    return steps;
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${site('Scan')}: sequences ${sequences.map(({ shape }) => formatShape(shape)).join(', ') || 'none'}${length === undefined ? '' : ` and length ${length}`} tell no number of steps`,
    hint: 'give sequences with one first dimension, at least 1, or a length',
  });
}

function checkState(init: readonly Tensor[], next: readonly Tensor[]): void {
  const typed = (x: Tensor | undefined): string =>
    x === undefined ? 'nothing' : `${x.dtype}${formatShape(x.shape)}`;
  const count = Math.max(init.length, next.length);
  for (let i = 0; i < count; i++) {
    const [a, b] = [init[i], next[i]];
    if (a !== undefined && b !== undefined && a.dtype === b.dtype && sameShape(a.shape, b.shape)) continue;
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('Scan')}: state ${i} is ${typed(a)} before a step and ${typed(b)} after it`,
      hint: 'a step returns a state of the dtypes and shapes that it is given',
    });
  }
}
