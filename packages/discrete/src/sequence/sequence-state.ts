import { type LstmState, lstmStep } from '@ganymede/nn';
import { gather, type Tensor } from '@ganymede/tensor';
import type { SequenceVariables } from './sequence-variables.js';

/** The state after the start token (token 0, as published): one row `[1, H]`, the same for every sequence. */
export const startState = ({ table, lstm }: SequenceVariables): LstmState =>
  lstmStep(lstm, table.slice(0, 0, 1));

/** The state after one more token per row; `tokens` is `[rows]`, the state has as many rows, or one that all share. */
export function advance({ table, lstm }: SequenceVariables, tokens: Tensor, state: LstmState): LstmState {
  const rows = tokens.shape[0] as number | string;
  return lstmStep(lstm, gather(table, tokens, 0), { h: spread(state.h, rows), c: spread(state.c, rows) });
}

/** `[1, H]` as `[rows, H]`; any other as it is. */
export const spread = (x: Tensor, rows: number | string): Tensor =>
  x.shape[0] === 1 && rows !== 1 ? x.expand([rows, x.shape[1] as number]) : x;
