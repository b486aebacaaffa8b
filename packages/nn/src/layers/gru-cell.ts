import type { Network, Rng, Tree } from '@ganymede/core';
import * as operators from '@ganymede/tensor';
import { concat, filled, gemm, type Tensor, type Value } from '@ganymede/tensor';
import { glorotUniform } from '../initializers/glorot.js';
import type { Initializer } from '../initializers/initializer.js';
import { orthogonal } from '../initializers/orthogonal.js';
import { tensorAt } from '../variables.js';
import { affine } from './affine.js';
import { requireCount } from './argument.js';
import { requireRank, sizeAt } from './dimension.js';
import {
  onnxWeights,
  restState,
  runAlong,
  type SequenceOptions,
  sideBySide,
  timeFirst,
} from './recurrence.js';

/** Options of {@link gruCell}. */
export interface GruOptions {
  /** Of the input kernel [in, 3·units]. @defaultValue glorotUniform() */
  readonly kernelInit?: Initializer;
  /** Of the recurrent kernel [units, 3·units], each gate on its own. @defaultValue orthogonal() */
  readonly recurrentInit?: Initializer;
}

/** Gates in the order they are stored, which is ONNX's: z, r, h. */
const GATES = [0, 1, 2];

/**
 * One step of a GRU (Cho et al. 2014, with the reset gate after the recurrent product, as in PyTorch and cuDNN): x `[N, in]` and the
 * hidden state h `[N, units]` (default zeros) to the next: h' = (1 − z)∘h~ + z∘h, h~ = tanh(x·W_h + b_h + r∘(h·R_h + c_h)).
 * Variables, gates in the order z, r, h: `kernel` [in, 3·units], `recurrent` [units, 3·units], `bias` and `recurrentBias` [3·units].
 */
export const gruStep = (variables: Tree<Tensor>, x: Tensor, h?: Tensor): Tensor => {
  const units = sizeAt('gru', tensorAt(variables, 'recurrent').shape, 0);
  return advance(variables, inputGates(variables, x), h ?? restState(x, units));
};

const inputGates = (variables: Tree<Tensor>, x: Tensor): Tensor =>
  affine(x, tensorAt(variables, 'kernel'), tensorAt(variables, 'bias'));

function advance(variables: Tree<Tensor>, gates: Tensor, h: Tensor): Tensor {
  const recurrent = tensorAt(variables, 'recurrent');
  const units = Number(recurrent.shape[0]);
  const product = gemm(h, recurrent, { bias: tensorAt(variables, 'recurrentBias') });
  const part = (v: Tensor, from: number, to: number): Tensor => v.slice(1, from * units, to * units);
  // z and r lie side by side, so that one sigmoid serves both.
  const open = part(gates, 0, 2)
    .add(part(product, 0, 2))
    .sigmoid();
  const candidate = part(gates, 2, 3)
    .add(part(open, 1, 2).mul(part(product, 2, 3)))
    .tanh();
  return candidate.add(part(open, 0, 1).mul(h.sub(candidate)));
}

/** A whole sequence `[N, T, in]` from `h` (default zeros): the hidden states `[N, T, units]` and the last one read `[N, units]`. */
export function gruSequence(
  variables: Tree<Tensor>,
  x: Tensor,
  h?: Tensor,
  options: SequenceOptions = {},
): { readonly outputs: Tensor; readonly h: Tensor } {
  requireRank('gru', x.shape, 3, '[batch, time, features]');
  const units = sizeAt('gru', tensorAt(variables, 'recurrent').shape, 0);
  const start = h ?? restState(x, units);
  if (options.form === 'fused') return fusedSequence(variables, x, start, options.reverse === true);
  const gates = inputGates(variables, timeFirst(x));
  const { outputs, state } = runAlong(gates, [start], options, (now, [before]) => [
    advance(variables, now, before as Tensor),
  ]);
  return { outputs: timeFirst(outputs), h: state[0] as Tensor };
}

function fusedSequence(variables: Tree<Tensor>, x: Tensor, start: Tensor, reverse: boolean) {
  const units = Number(start.shape[1]);
  const one = (v: Tensor): Tensor => v.reshape([1, ...v.shape]);
  const { outputs, h } = operators.gru(
    timeFirst(x),
    onnxWeights(tensorAt(variables, 'kernel'), units, GATES),
    onnxWeights(tensorAt(variables, 'recurrent'), units, GATES),
    {
      bias: one(concat([tensorAt(variables, 'bias'), tensorAt(variables, 'recurrentBias')], 0)),
      h: one(start),
      direction: reverse ? 'reverse' : 'forward',
      form: 'fused',
    },
  );
  const joined = outputs.reshape([x.shape[1] ?? 1, x.shape[0] ?? 1, units]);
  return { outputs: timeFirst(joined), h: h.reshape([x.shape[0] ?? 1, units]) };
}

/** First values of a GRU's variables for inputs of this width. */
export function initGru(
  rng: Rng,
  width: number,
  units: number,
  { kernelInit = glorotUniform(), recurrentInit = orthogonal() }: GruOptions,
): Tree<Value> {
  const fan = { in: width + units, out: units };
  const gates = GATES.map((k) => recurrentInit(rng.child('recurrent').child(String(k)), [units, units], fan));
  return {
    kernel: kernelInit(rng.child('kernel'), [width, 3 * units], fan),
    recurrent: sideBySide(gates, units),
    bias: filled([3 * units], 0),
    recurrentBias: filled([3 * units], 0),
  };
}

/**
 * A GRU. As a network it maps a sequence `[N, T, in]` to its hidden states `[N, T, units]`, or one position `[N, in]` to `[N, units]`,
 * from the zero state; with explicit state use {@link gruStep} on the same variables. Several layers or both directions: `gru`.
 */
export function gruCell(units: number, options: GruOptions = {}): Network {
  requireCount('gruCell', 'units', units);
  return {
    name: 'gru',
    buffers: [],
    init: (rng, shape) => initGru(rng, sizeAt('gru', shape, -1), units, options),
    apply: (variables, x) => (x.rank === 2 ? gruStep(variables, x) : gruSequence(variables, x).outputs),
  };
}
