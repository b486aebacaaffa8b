import { gru, lstm, type Tensor } from '@ganymede/tensor';
import { attributesOf } from '../kernel.js';
import type { Composition } from './compositions.js';

interface RecurrenceAttributes {
  readonly [name: string]: string | number;
  readonly direction: 'forward' | 'reverse' | 'bidirectional';
  readonly output: number;
}

/** Longer sequences run as a loop, whose steps cost more but whose graph stays small. */
const LONGEST_UNROLLED = 64;

const formOf = (x: Tensor): 'unrolled' | 'scan' => {
  const steps = x.shape[0];
  return typeof steps === 'number' && steps <= LONGEST_UNROLLED ? 'unrolled' : 'scan';
};

type LstmInputs = readonly [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
type GruInputs = readonly [Tensor, Tensor, Tensor, Tensor, Tensor];

/** One node of each result of a recurrence: they are unrolled together, and what nobody needs is left out. */
export const recurrences: Readonly<Record<string, Composition>> = {
  LSTM: (node) => {
    const [x, w, r, bias, h, c] = node.inputs as LstmInputs;
    const { direction, output } = attributesOf<RecurrenceAttributes>(node);
    const results = lstm(x, w, r, { bias, h, c, direction, form: formOf(x) });
    return [results.outputs, results.h, results.c][output];
  },
  GRU: (node) => {
    const [x, w, r, bias, h] = node.inputs as GruInputs;
    const { direction, linear_before_reset: after, output } = attributesOf<RecurrenceAttributes>(node);
    const results = gru(x, w, r, { bias, h, direction, resetAfter: after === 1, form: formOf(x) });
    return [results.outputs, results.h][output];
  },
};
