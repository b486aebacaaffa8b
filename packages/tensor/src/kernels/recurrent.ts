import type { Value } from '../value.js';
import { numbersIn } from './numbers.js';

/** One direction of a recurrent layer at one example: what a cell reads. */
export interface CellInput {
  /** The input's part of gate `g`, unit `i`, its bias included. */
  input(g: number, i: number): number;
  /** The product of gate `g`'s recurrent weights with `h` for unit `i`, its bias included. */
  recurrent(g: number, i: number, h: ArrayLike<number>): number;
}

/** The next state of all units: hidden first. */
export type Cell = (input: CellInput, state: readonly Float64Array[], units: number) => Float64Array[];

/** ONNX's inputs of a recurrent layer: `[T, N, I]`, `[D, G·H, I]`, `[D, G·H, H]`, `[D, 2·G·H]`, and states `[D, N, H]`. */
export interface RecurrentInputs {
  readonly x: Value;
  readonly w: Value;
  readonly r: Value;
  readonly bias: Value;
  readonly states: readonly Value[];
}

/** What a recurrent layer computes: hidden states `[T, D, N, H]` and last states `[D, N, H]`. */
export interface RecurrentResults {
  readonly outputs: Float64Array;
  readonly states: readonly Float64Array[];
}

/** Runs a cell over sequences, written as its definition: a sum at a time. */
export function runRecurrence(
  { x, w, r, bias, states }: RecurrentInputs,
  direction: 'forward' | 'reverse' | 'bidirectional',
  cell: Cell,
): RecurrentResults {
  const [steps = 0, batch = 0, width = 0] = x.shape;
  const [ways = 1, rows = 0, units = 0] = r.shape;
  const [xs, ws, rs, bs] = [x, w, r, bias].map((v) => numbersIn(v)) as unknown as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const outputs = new Float64Array(steps * ways * batch * units);
  const current = states.map((s) => Float64Array.from(numbersIn(s)));
  for (let d = 0; d < ways; d++) {
    const backwards = direction === 'reverse' || d === 1;
    for (let n = 0; n < batch; n++) {
      const at = (d * batch + n) * units;
      for (let k = 0; k < steps; k++) {
        const t = backwards ? steps - 1 - k : k;
        const dot = (
          from: Float64Array,
          row: number,
          to: ArrayLike<number>,
          offset: number,
          size: number,
        ) => {
          let sum = 0;
          for (let j = 0; j < size; j++)
            sum += (from[(d * rows + row) * size + j] as number) * (to[offset + j] as number);
          return sum;
        };
        const biasOf = (row: number): number => bs[d * 2 * rows + row] as number;
        const given: CellInput = {
          input: (g, i) => dot(ws, g * units + i, xs, (t * batch + n) * width, width) + biasOf(g * units + i),
          recurrent: (g, i, h) => dot(rs, g * units + i, h, 0, units) + biasOf(rows + g * units + i),
        };
        const before = current.map((s) => s.slice(at, at + units));
        const after = cell(given, before, units);
        after.forEach((s, i) => void current[i]?.set(s, at));
        outputs.set(after[0] as Float64Array, ((t * ways + d) * batch + n) * units);
      }
    }
  }
  return { outputs, states: current };
}
