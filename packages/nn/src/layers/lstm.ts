import type { Network, Tree } from '@ganymede/core';
import { concat, filled, gemm, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { glorotUniform } from '../initializers/glorot.js';
import type { Initializer } from '../initializers/initializer.js';
import { orthogonal } from '../initializers/orthogonal.js';
import { tensorAt } from '../variables.js';
import { requireCount } from './argument.js';
import { affine } from './affine.js';
import { requireRank, sizeAt } from './dimension.js';

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

/** A whole sequence `[N, T, in]` from `state` (default zeros): the hidden states `[N, T, units]` and the last state. */
export function lstmSequence(
  variables: Tree<Tensor>,
  x: Tensor,
  state?: LstmState,
): { readonly outputs: Tensor; readonly state: LstmState } {
  const length = sizeAt('lstm', x.shape, 1);
  const batch = x.shape[0] ?? 1;
  const inputGates = lstmInputGates(variables, x);
  const width = sizeAt('lstm', inputGates.shape, 2);
  const hidden: Tensor[] = [];
  let current = state;
  for (let t = 0; t < length; t++) {
    current = lstmAdvance(variables, inputGates.slice(1, t, t + 1).reshape([batch, width]), current);
    hidden.push(current.h.reshape([batch, 1, width / 4]));
  }
  return { outputs: concat(hidden, 1), state: current as LstmState };
}

/**
 * An LSTM. As a network it maps a sequence `[N, T, in]` to its hidden states `[N, T, units]`, or one position `[N, in]` to
 * `[N, units]`, from the zero state; with explicit state use {@link lstmStep} on the same variables. `T` must be a number.
 */
export function lstmCell(
  units: number,
  { kernelInit = glorotUniform(), recurrentInit = orthogonal(), biasInit, forgetBias = 1 }: LstmOptions = {},
): Network {
  requireCount('lstmCell', 'units', units);
  return {
    name: 'lstm',
    buffers: [],
    init(rng, shape): Tree<Value> {
      const width = sizeAt('lstm', shape, -1);
      const fan = { in: width + units, out: units };
      const gates = [0, 1, 2, 3].map((k) =>
        recurrentInit(rng.child('recurrent').child(String(k)), [units, units], fan),
      );
      return {
        kernel: kernelInit(rng.child('kernel'), [width, 4 * units], fan),
        recurrent: sideBySide(gates, units),
        bias: biasInit?.(rng.child('bias'), [4 * units], fan) ?? forgetOnly(units, forgetBias),
      };
    },
    apply(variables, x) {
      if (x.rank === 2) return lstmStep(variables, x).h;
      requireRank('lstm', x.shape, 3, '[batch, time, features]');
      return lstmSequence(variables, x).outputs;
    },
  };
}

/** Square matrices as one [units, 4·units]. */
function sideBySide(blocks: readonly Value[], units: number): Value {
  const joined = filled([units, blocks.length * units], 0);
  blocks.forEach((block, k) => {
    for (let row = 0; row < units; row++) {
      const source = (block.data as Float32Array).subarray(row * units, (row + 1) * units);
      (joined.data as Float32Array).set(source, row * blocks.length * units + k * units);
    }
  });
  return joined;
}

const forgetOnly = (units: number, bias: number): Value =>
  valueOf(Array.from({ length: 4 * units }, (_, k) => (Math.floor(k / units) === 1 ? bias : 0)));
