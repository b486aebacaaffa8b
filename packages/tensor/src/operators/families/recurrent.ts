import { GanymedeError } from '../../error.js';
import { site } from '../../scope.js';
import { type Dim, formatShape, sameShape, type Shape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { concat } from '../concat.js';
import { requireFloating, requireSameDtype } from './elementwise.js';
import { zeros } from '../full.js';
import { matmul } from '../matmul.js';
import { reshape } from '../reshape.js';
import { scan } from '../scan.js';
import { sliceAxis } from '../slice.js';
import { squeeze } from '../squeeze.js';
import { stack } from '../stack.js';
import { transpose } from '../transpose.js';

/** Which way a recurrent layer reads: one direction, or two beside each other. */
export type Direction = 'forward' | 'reverse' | 'bidirectional';

/**
 * How a recurrent layer is written.
 *
 * - `scan`: one loop, a graph of constant size for any number of steps.
 * - `unrolled`: a copy of the cell per step, for backends without loops; the number of steps must be known.
 * - `fused`: ONNX's own node, the fastest forward; its gradient runs the loop, and with it the forward pass again.
 */
export type RecurrentForm = 'unrolled' | 'scan' | 'fused';

/** Weights and first states in ONNX's layout; D directions, G gates, H units. */
export interface RecurrentParts {
  /** `[T, N, I]`. */
  readonly x: Tensor;
  /** `[D, G·H, I]`. */
  readonly w: Tensor;
  /** `[D, G·H, H]`. */
  readonly r: Tensor;
  /** `[D, 2·G·H]`: of the input, then of the recurrence. */
  readonly bias: Tensor;
  /** `[D, N, H]` each, the hidden state first. */
  readonly states: readonly Tensor[];
}

/** One direction's weights, as a cell reads them. */
export interface CellWeights {
  /** `[G·H, H]`. */
  readonly r: Tensor;
  /** `[G·H]`. */
  readonly recurrentBias: Tensor;
}

/** The next state from the input's part of the gates `[N, G·H]`, the recurrent bias not among it. */
export type CellRule = (gates: Tensor, state: readonly Tensor[], weights: CellWeights) => readonly Tensor[];

/** Zeros where no bias or state is given. `GANYMEDE_SHAPE` or `GANYMEDE_DTYPE` if the parts do not fit together. */
export function recurrentParts(
  operator: string,
  gates: number,
  [x, w, r]: readonly [Tensor, Tensor, Tensor],
  bias: Tensor | undefined,
  states: readonly (Tensor | undefined)[],
): RecurrentParts {
  const [ways = 1, , units = 1] = r.shape;
  const rows = Number(units) * gates;
  const state: Shape = [ways, x.shape[1] ?? 1, units];
  const parts = {
    x,
    w,
    r,
    bias: bias ?? zeros([ways, 2 * rows], x.dtype),
    states: states.map((s) => s ?? zeros(state, x.dtype)),
  };
  checkParts(operator, gates, parts);
  return parts;
}

/** Refuses parts that do not fit together. */
export function checkParts(operator: string, gates: number, { x, w, r, bias, states }: RecurrentParts): void {
  requireFloating(operator, x, w, r, bias, ...states);
  requireSameDtype(operator, x, w, r, bias, ...states);
  const [ways = 1, , units = 1] = r.shape;
  const rows = Number(units) * gates;
  const fits =
    x.rank === 3 &&
    (ways === 1 || ways === 2) &&
    sameShape(w.shape, [ways, rows, x.shape[2] ?? 1]) &&
    sameShape(r.shape, [ways, rows, units]) &&
    sameShape(bias.shape, [ways, 2 * rows]) &&
    states.every((s) => sameShape(s.shape, [ways, x.shape[1] ?? 1, units]));
  if (fits) return;
  const shapes = [x, w, r, bias, ...states].map(({ shape }) => formatShape(shape)).join(', ');
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${site(operator)}: input, weights, bias and states ${shapes} do not fit together`,
    hint: `with ${gates} gates: [T, N, I], [D, ${gates}·H, I], [D, ${gates}·H, H], [D, ${2 * gates}·H] and states [D, N, H]`,
  });
}

/** A recurrent layer as a composite: hidden states `[T, D, N, H]`, then the last states `[D, N, H]`. */
export function composeRecurrence(
  parts: RecurrentParts,
  direction: Direction,
  form: Exclude<RecurrentForm, 'fused'>,
  cell: CellRule,
): readonly Tensor[] {
  const ways = Array.from({ length: Number(parts.r.shape[0]) }, (_, d) =>
    oneDirection(parts, d, direction === 'reverse' || d === 1, form, cell),
  );
  const outputs = stack(
    ways.map((way) => way.outputs),
    1,
  );
  return [outputs, ...parts.states.map((_, i) => stack(ways.map((way) => way.state[i] as Tensor)))];
}

function oneDirection(
  { x, w, r, bias, states }: RecurrentParts,
  d: number,
  backwards: boolean,
  form: 'unrolled' | 'scan',
  cell: CellRule,
): { readonly outputs: Tensor; readonly state: readonly Tensor[] } {
  const own = (v: Tensor): Tensor => squeeze(sliceAxis(v, 0, d, d + 1), 0);
  const rows = Number(r.shape[1]);
  const biases = own(bias);
  const weights = { r: own(r), recurrentBias: sliceAxis(biases, 0, rows, 2 * rows) };
  // The input's part of all steps is one product.
  const gates = add(matmul(x, transpose(own(w))), sliceAxis(biases, 0, 0, rows));
  const init = states.map(own);
  if (form === 'scan') {
    const { state, outputs } = scan({ init, sequences: [gates], reverse: backwards }, (before, [now]) => {
      const next = cell(now as Tensor, before, weights);
      return { state: next, outputs: next.slice(0, 1) };
    });
    return { state, outputs: outputs[0] as Tensor };
  }
  return unrolled(gates, init, backwards, (now, before) => cell(now, before, weights));
}

function unrolled(
  gates: Tensor,
  init: readonly Tensor[],
  backwards: boolean,
  step: (gates: Tensor, state: readonly Tensor[]) => readonly Tensor[],
): { readonly outputs: Tensor; readonly state: readonly Tensor[] } {
  const [steps = 1, batch = 1, width = 1] = gates.shape;
  if (typeof steps !== 'number') {
    throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
      message: `${site('unrolled recurrence')}: the number of steps ${steps} must be known`,
      hint: "use form: 'scan', or build this program at a fixed length",
    });
  }
  const outputs: Tensor[] = [];
  let state = init;
  for (let k = 0; k < steps; k++) {
    const t = backwards ? steps - 1 - k : k;
    state = step(reshape(sliceAxis(gates, 0, t, t + 1), [batch, width]), state);
    const [h] = state as readonly [Tensor, ...Tensor[]];
    outputs[t] = reshape(h, [1, ...h.shape]);
  }
  return { outputs: concat(outputs, 0), state };
}

/** Shape of a result of a recurrent layer: 0 the hidden states, others last states. */
export function recurrentShape({ x, r }: RecurrentParts, output: number): Shape {
  const [steps = 1, batch = 1]: readonly Dim[] = x.shape;
  const [ways = 1, , units = 1] = r.shape;
  return output === 0 ? [steps, ways, batch, units] : [ways, batch, units];
}
