import type { Cell } from '../kernels/recurrent.js';
import type { Tensor } from '../tensor.js';
import { add } from './add.js';
import { type CellRule, type Direction, type RecurrentForm, recurrentParts } from './families/recurrent.js';
import {
  type RecurrentAttributes,
  recurrentOperator,
  recurrentResults,
} from './families/recurrent-operator.js';
import { gemm } from './gemm.js';
import { mul } from './mul.js';
import { sigmoid } from './sigmoid.js';
import { sliceAxis } from './slice.js';
import { tanh } from './tanh.js';

/** Options of {@link lstm}. */
export interface LstmOptions {
  /** `[D, 8·H]`: four gates' bias of the input, then of the recurrence. @defaultValue zeros */
  readonly bias?: Tensor;
  /** First hidden state `[D, N, H]`. @defaultValue zeros */
  readonly h?: Tensor;
  /** First cell state `[D, N, H]`. @defaultValue zeros */
  readonly c?: Tensor;
  /** `bidirectional` has D = 2. @defaultValue 'forward' */
  readonly direction?: Direction;
  /** @defaultValue 'scan' */
  readonly form?: RecurrentForm;
}

/** What {@link lstm} gives. */
export interface LstmResult {
  /** Hidden states `[T, D, N, H]`. */
  readonly outputs: Tensor;
  /** Last hidden state `[D, N, H]`. */
  readonly h: Tensor;
  /** Last cell state `[D, N, H]`. */
  readonly c: Tensor;
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000) over `x` `[T, N, I]`, gates in
 * ONNX's order i, o, f, c: c' = σ(f)∘c + σ(i)∘tanh(c~), h' = σ(o)∘tanh(c').
 *
 * `w` is `[D, 4·H, I]`, `r` `[D, 4·H, H]` with D = 1, or 2 for both directions (`GANYMEDE_SHAPE`); one floating dtype (`GANYMEDE_DTYPE`).
 * The forms compute the same: see {@link RecurrentForm}. ONNX: [LSTM-14](https://onnx.ai/onnx/operators/onnx__LSTM.html), one node in
 * the fused form.
 */
export function lstm(
  x: Tensor,
  w: Tensor,
  r: Tensor,
  { bias, h, c, direction = 'forward', form = 'scan' }: LstmOptions = {},
): LstmResult {
  const parts = recurrentParts('LSTM', 4, [x, w, r], bias, [h, c]);
  const attributes = { direction, hidden_size: Number(r.shape[2]) };
  const results = recurrentResults(lstmOperator, parts, form, attributes, cellRule);
  const [outputs, last, cell] = results as [Tensor, Tensor, Tensor];
  return { outputs, h: last, c: cell };
}

const cellRule: CellRule = (gates, [h, c], { r, recurrentBias }) => {
  const all = gemm(h as Tensor, r, { transB: true, bias: add(gates, recurrentBias) });
  const units = Number(r.shape[1]);
  // i, o, f lie side by side, so that one sigmoid serves all three.
  const open = sigmoid(sliceAxis(all, 1, 0, 3 * units));
  const gate = (k: number): Tensor => sliceAxis(open, 1, k * units, (k + 1) * units);
  const added = mul(gate(0), tanh(sliceAxis(all, 1, 3 * units, 4 * units)));
  const next = add(mul(gate(2), c as Tensor), added);
  return [mul(gate(1), tanh(next)), next];
};

const sigma = (x: number): number => 1 / (1 + Math.exp(-x));

const referenceCell: Cell = ({ input, recurrent }, [h, c], units) => {
  const gate = (g: number, i: number): number => input(g, i) + recurrent(g, i, h as Float64Array);
  const next = new Float64Array(units);
  const hidden = new Float64Array(units);
  for (let i = 0; i < units; i++) {
    next[i] = sigma(gate(2, i)) * (c?.[i] ?? 0) + sigma(gate(0, i)) * Math.tanh(gate(3, i));
    hidden[i] = sigma(gate(1, i)) * Math.tanh(next[i] as number);
  }
  return [hidden, next];
};

export const lstmOperator = recurrentOperator<RecurrentAttributes>({
  name: 'LSTM',
  gates: 4,
  states: 2,
  cell: () => cellRule,
  reference: () => referenceCell,
  onnx: { attributes: { direction: 'string', hidden_size: 'int' }, places: [0, 1, 2, 3, 5, 6] },
});
