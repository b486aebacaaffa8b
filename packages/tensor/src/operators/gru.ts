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
import { sub } from './sub.js';
import { tanh } from './tanh.js';

/** Options of {@link gru}. */
export interface GruOptions {
  /** `[D, 6·H]`: three gates' bias of the input, then of the recurrence. @defaultValue zeros */
  readonly bias?: Tensor;
  /** First hidden state `[D, N, H]`. @defaultValue zeros */
  readonly h?: Tensor;
  /** `bidirectional` has D = 2. @defaultValue 'forward' */
  readonly direction?: Direction;
  /**
   * Whether the reset gate weighs the product with the recurrent weights (as PyTorch and cuDNN do) rather than the hidden state
   * before it (as in the paper). @defaultValue true
   */
  readonly resetAfter?: boolean;
  /** @defaultValue 'scan' */
  readonly form?: RecurrentForm;
}

/** What {@link gru} gives. */
export interface GruResult {
  /** Hidden states `[T, D, N, H]`. */
  readonly outputs: Tensor;
  /** Last hidden state `[D, N, H]`. */
  readonly h: Tensor;
}

/**
 * Gated recurrent units (Cho et al. 2014) over `x` `[T, N, I]`, gates in ONNX's order z, r, h: h' = (1 - z)∘h~ + z∘h, where h~ is the
 * tanh of the input and the hidden state as far as r lets it through.
 *
 * `w` is `[D, 3·H, I]`, `r` `[D, 3·H, H]` with D = 1, or 2 for both directions (`GANYMEDE_SHAPE`); one floating dtype (`GANYMEDE_DTYPE`).
 * The forms compute the same: see {@link RecurrentForm}. ONNX: [GRU-14](https://onnx.ai/onnx/operators/onnx__GRU.html), one node in the
 * fused form.
 */
export function gru(
  x: Tensor,
  w: Tensor,
  r: Tensor,
  { bias, h, direction = 'forward', resetAfter = true, form = 'scan' }: GruOptions = {},
): GruResult {
  const parts = recurrentParts('GRU', 3, [x, w, r], bias, [h]);
  const attributes = {
    direction,
    hidden_size: Number(r.shape[2]),
    linear_before_reset: resetAfter ? (1 as const) : (0 as const),
  };
  const results = recurrentResults(gruOperator, parts, form, attributes, cellRule(resetAfter));
  const [outputs, last] = results as [Tensor, Tensor];
  return { outputs, h: last };
}

const cellRule =
  (resetAfter: boolean): CellRule =>
  (gates, [state], { r, recurrentBias }) => {
    const h = state as Tensor;
    const units = Number(r.shape[1]);
    const part = (v: Tensor, from: number, to: number, axis: number): Tensor =>
      sliceAxis(v, axis, from * units, to * units);
    const product = resetAfter ? add(gemm(h, r, { transB: true }), recurrentBias) : undefined;
    const opening =
      product === undefined
        ? add(gemm(h, part(r, 0, 2, 0), { transB: true }), part(recurrentBias, 0, 2, 0))
        : part(product, 0, 2, 1);
    const open = sigmoid(add(part(gates, 0, 2, 1), opening));
    const [update, reset] = [part(open, 0, 1, 1), part(open, 1, 2, 1)];
    const remembered =
      product === undefined
        ? add(gemm(mul(reset, h), part(r, 2, 3, 0), { transB: true }), part(recurrentBias, 2, 3, 0))
        : mul(reset, part(product, 2, 3, 1));
    const candidate = tanh(add(part(gates, 2, 3, 1), remembered));
    return [add(candidate, mul(update, sub(h, candidate)))];
  };

const sigma = (x: number): number => 1 / (1 + Math.exp(-x));

const referenceCell =
  (resetAfter: boolean): Cell =>
  ({ input, recurrent }, [state], units) => {
    const h = state as Float64Array;
    const gate = (g: number, i: number): number => sigma(input(g, i) + recurrent(g, i, h));
    const reset = h.map((_, i) => gate(1, i));
    const kept = h.map((v, i) => v * (reset[i] as number));
    const next = new Float64Array(units);
    for (let i = 0; i < units; i++) {
      const remembered = resetAfter ? (reset[i] as number) * recurrent(2, i, h) : recurrent(2, i, kept);
      const z = gate(0, i);
      next[i] = (1 - z) * Math.tanh(input(2, i) + remembered) + z * (h[i] as number);
    }
    return [next];
  };

type GruAttributes = RecurrentAttributes & { readonly linear_before_reset: 0 | 1 };

export const gruOperator = recurrentOperator<GruAttributes>({
  name: 'GRU',
  gates: 3,
  states: 1,
  cell: ({ linear_before_reset: after }) => cellRule(after === 1),
  reference: ({ linear_before_reset: after }) => referenceCell(after === 1),
  onnx: {
    attributes: { direction: 'string', hidden_size: 'int', linear_before_reset: 'int' },
    places: [0, 1, 2, 3, 5],
  },
});
