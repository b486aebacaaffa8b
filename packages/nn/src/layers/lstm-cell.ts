import type { Network, Rng, Tree } from '@ganymede/core';
import * as operators from '@ganymede/tensor';
import { concat, gemm, type Tensor, type Value, valueOf, zeros } from '@ganymede/tensor';
import { glorotUniform } from '../initializers/glorot.js';
import type { Initializer } from '../initializers/initializer.js';
import { orthogonal } from '../initializers/orthogonal.js';
import { tensorAt } from '../variables.js';
import { affine } from './affine.js';
import { requireCount } from './argument.js';
import { requireRank, sizeAt } from './dimension.js';
import {
  onnxWeights,
  reorderGates,
  restState,
  runAlong,
  type SequenceOptions,
  sideBySide,
  timeFirst,
} from './recurrence.js';

/** What an LSTM carries from one position to the next, each `[N, units]`. */
export interface LstmState {
  /** Hidden state: also the output. */
  readonly h: Tensor;
  /** Cell state. */
  readonly c: Tensor;
}

/** Options of {@link lstmCell}. */
export interface LstmOptions {
  /** Of the input kernel [in, 4·units]. @defaultValue glorotUniform() */
  readonly kernelInit?: Initializer;
  /** Of the recurrent kernel [units, 4·units], each gate on its own. @defaultValue orthogonal() */
  readonly recurrentInit?: Initializer;
  /** Of the bias [4·units]; overrides `forgetBias`. */
  readonly biasInit?: Initializer;
  /** First value of the forget gate's bias. @defaultValue 1 */
  readonly forgetBias?: number;
}

/** The input's part of the gates, `[…, in]` to `[…, 4·units]`: for a known sequence, all positions in one product. */
export const lstmInputGates = (variables: Tree<Tensor>, x: Tensor): Tensor =>
  affine(x, tensorAt(variables, 'kernel'), tensorAt(variables, 'bias'));

/** One position from the input's part of the gates, `[N, 4·units]`. Without `state` it starts from zeros, at less cost. */
export function lstmAdvance(variables: Tree<Tensor>, inputGates: Tensor, state?: LstmState): LstmState {
  const recurrent = tensorAt(variables, 'recurrent');
  const gates = state === undefined ? inputGates : gemm(state.h, recurrent, { bias: inputGates });
  const units = Number(recurrent.shape[0]);
  // i, f, o lie side by side, so that one sigmoid serves all three.
  const open = gates.slice(1, 0, 3 * units).sigmoid();
  const gate = (k: number) => open.slice(1, k * units, (k + 1) * units);
  const added = gate(0).mul(gates.slice(1, 3 * units, 4 * units).tanh());
  const c = state === undefined ? added : gate(1).mul(state.c).add(added);
  return { h: gate(2).mul(c.tanh()), c };
}

/**
 * One step of an LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000): x `[N, in]` and the state to
 * the next state. Gate order i, f, o, g, as SeqGAN's oracle stores it:
 * c' = σ(f)∘c + σ(i)∘tanh(g), h' = σ(o)∘tanh(c'). Variables: `kernel` [in, 4·units], `recurrent` [units, 4·units], `bias`.
 */
export const lstmStep = (variables: Tree<Tensor>, x: Tensor, state?: LstmState): LstmState =>
  lstmAdvance(variables, lstmInputGates(variables, x), state);

/** Where ONNX's gates i, o, f, c lie in this package's i, f, o, g. */
const ONNX_ORDER = [0, 2, 1, 3];

/**
 * A whole sequence `[N, T, in]` from `state` (default zeros): the hidden states `[N, T, units]` and the state after the last position
 * read. `T` may be named, unless it is unrolled.
 */
export function lstmSequence(
  variables: Tree<Tensor>,
  x: Tensor,
  state?: LstmState,
  options: SequenceOptions = {},
): { readonly outputs: Tensor; readonly state: LstmState } {
  requireRank('lstm', x.shape, 3, '[batch, time, features]');
  const units = sizeAt('lstm', tensorAt(variables, 'recurrent').shape, 0);
  const start = state ?? { h: restState(x, units), c: restState(x, units) };
  if (options.form === 'fused') return fusedSequence(variables, x, start, options.reverse === true);
  const gates = lstmInputGates(variables, timeFirst(x));
  const { outputs, state: last } = runAlong(gates, [start.h, start.c], options, (now, [h, c]) => {
    const next = lstmAdvance(variables, now, { h: h as Tensor, c: c as Tensor });
    return [next.h, next.c];
  });
  const [h, c] = last as [Tensor, Tensor];
  return { outputs: timeFirst(outputs), state: { h, c } };
}

function fusedSequence(variables: Tree<Tensor>, x: Tensor, start: LstmState, reverse: boolean) {
  const units = sizeAt('lstm', tensorAt(variables, 'recurrent').shape, 0);
  const bias = reorderGates(tensorAt(variables, 'bias'), 0, units, ONNX_ORDER);
  const one = (v: Tensor): Tensor => v.reshape([1, ...v.shape]);
  const plain = (v: Tensor): Tensor => v.reshape([x.shape[0] ?? 1, units]);
  const { outputs, h, c } = operators.lstm(
    timeFirst(x),
    onnxWeights(tensorAt(variables, 'kernel'), units, ONNX_ORDER),
    onnxWeights(tensorAt(variables, 'recurrent'), units, ONNX_ORDER),
    {
      bias: one(concat([bias, zeros([4 * units], x.dtype)], 0)),
      h: one(start.h),
      c: one(start.c),
      direction: reverse ? 'reverse' : 'forward',
      form: 'fused',
    },
  );
  const joined = outputs.reshape([x.shape[1] ?? 1, x.shape[0] ?? 1, units]);
  return { outputs: timeFirst(joined), state: { h: plain(h), c: plain(c) } };
}

/** First values of an LSTM's variables for inputs of this width. */
export function initLstm(
  rng: Rng,
  width: number,
  units: number,
  { kernelInit = glorotUniform(), recurrentInit = orthogonal(), biasInit, forgetBias = 1 }: LstmOptions,
): Tree<Value> {
  const fan = { in: width + units, out: units };
  const gates = [0, 1, 2, 3].map((k) =>
    recurrentInit(rng.child('recurrent').child(String(k)), [units, units], fan),
  );
  return {
    kernel: kernelInit(rng.child('kernel'), [width, 4 * units], fan),
    recurrent: sideBySide(gates, units),
    bias: biasInit?.(rng.child('bias'), [4 * units], fan) ?? forgetOnly(units, forgetBias),
  };
}

/**
 * An LSTM. As a network it maps a sequence `[N, T, in]` to its hidden states `[N, T, units]`, or one position `[N, in]` to
 * `[N, units]`, from the zero state; with explicit state use {@link lstmStep} on the same variables. Several layers or both directions:
 * `lstm`.
 */
export function lstmCell(units: number, options: LstmOptions = {}): Network {
  requireCount('lstmCell', 'units', units);
  return {
    name: 'lstm',
    buffers: [],
    init: (rng, shape) => initLstm(rng, sizeAt('lstm', shape, -1), units, options),
    apply(variables, x) {
      if (x.rank === 2) return lstmStep(variables, x).h;
      return lstmSequence(variables, x).outputs;
    },
  };
}

const forgetOnly = (units: number, bias: number): Value =>
  valueOf(Array.from({ length: 4 * units }, (_, k) => (Math.floor(k / units) === 1 ? bias : 0)));
