import { vjp } from '../../gradient/grad.js';
import { numbersFor, toData } from '../../kernels/numbers.js';
import { type Cell, runRecurrence } from '../../kernels/recurrent.js';
import { defineOperator, type OnnxForm, type Operator } from '../../operator.js';
import { makeTensor, type Tensor } from '../../tensor.js';
import {
  type CellRule,
  checkParts,
  composeRecurrence,
  type Direction,
  type RecurrentForm,
  type RecurrentParts,
  recurrentShape,
} from './recurrent.js';

/** What every fused recurrent node says; `output` is the result that a tensor stands for. */
export type RecurrentAttributes = {
  readonly direction: Direction;
  readonly hidden_size: number;
  readonly output: number;
};

/** Input, weights of the input and of the recurrence, bias, then the first states. */
export type RecurrentInputs = readonly [Tensor, Tensor, Tensor, Tensor, ...Tensor[]];

/** A recurrent layer's own part; the rest is the same for all. */
export interface Recurrence<A extends RecurrentAttributes> {
  readonly name: string;
  readonly gates: number;
  /** Hidden state and any others. */
  readonly states: number;
  readonly cell: (attributes: A) => CellRule;
  /** The same cell with numbers, as its definition has it. */
  readonly reference: (attributes: A) => Cell;
  readonly onnx: OnnxForm<A, RecurrentInputs>;
}

const partsOf = <T>([x, w, r, bias, ...states]: readonly [T, T, T, T, ...T[]]) => ({ x, w, r, bias, states });

/** The fused node of a recurrent layer. Its gradient runs the loop, and with it the forward pass again. */
export const recurrentOperator = <A extends RecurrentAttributes>({
  name,
  gates,
  states: count,
  cell,
  reference,
  onnx,
}: Recurrence<A>): Operator<A, RecurrentInputs> =>
  defineOperator<A, RecurrentInputs>({
    name,
    results: () => 1 + count,
    infer: (inputs, { output }) => {
      const parts = partsOf(inputs);
      checkParts(name, gates, parts);
      return { dtype: parts.x.dtype, shape: recurrentShape(parts, output) };
    },
    gradients: (gs, { inputs, attributes }) => {
      const results = composeRecurrence(partsOf(inputs), attributes.direction, 'scan', cell(attributes));
      return vjp(
        results.filter((_, i) => gs[i] !== undefined),
        inputs,
        gs.filter((g) => g !== undefined),
      );
    },
    evaluate: (inputs, attributes, { dtype }) => {
      const { direction, output } = attributes;
      const { outputs, states } = runRecurrence(partsOf(inputs), direction, reference(attributes));
      const wanted = output === 0 ? outputs : (states[output - 1] as Float64Array);
      const to = numbersFor(dtype, wanted.length);
      to.set(wanted);
      return toData(dtype, to);
    },
    onnx,
  });

/** All results of a recurrent layer in the form asked for: hidden states, then the last states. */
export function recurrentResults<A extends RecurrentAttributes>(
  operator: Operator<A, RecurrentInputs>,
  { x, w, r, bias, states }: RecurrentParts,
  form: RecurrentForm,
  attributes: Omit<A, 'output'>,
  cell: CellRule,
): readonly Tensor[] {
  if (form !== 'fused') return composeRecurrence({ x, w, r, bias, states }, attributes.direction, form, cell);
  return [undefined, ...states].map((_, output) =>
    makeTensor(operator, [x, w, r, bias, ...states] as const, { ...attributes, output } as A),
  );
}
