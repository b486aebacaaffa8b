import { type LstmState, lstmAdvance, lstmInputGates } from '@ganymede/nn';
import { concat, gather, type Tensor, transpose } from '@ganymede/tensor';
import { spread, startState } from './sequence-state.js';
import type { SequenceVariables } from './sequence-variables.js';

/**
 * The LSTM's states along given sequences: entry t is the state that predicts token t; entry 0 is the one after the start
 * token, and the last token is never read. All inputs are embedded and projected at once.
 *
 * @param tokens integer `[rows, T]` of fixed size.
 */
export function teacherForce(variables: SequenceVariables, tokens: Tensor): LstmState[] {
  const [rows, length] = tokens.shape as readonly [number, number];
  const start = startState(variables);
  const states: LstmState[] = [{ h: spread(start.h, rows), c: spread(start.c, rows) }];
  if (length === 1) return states;
  // Time first, so that the rows of one step lie together.
  const read = transpose(tokens, [1, 0])
    .slice(0, 0, length - 1)
    .reshape([(length - 1) * rows]);
  const gates = lstmInputGates(variables.lstm, gather(variables.table, read, 0));
  for (let t = 1; t < length; t++) {
    states.push(
      lstmAdvance(variables.lstm, gates.slice(0, (t - 1) * rows, t * rows), states[t - 1] as LstmState),
    );
  }
  return states;
}

/** The hidden vectors of {@link teacherForce} as one matrix `[T * rows, H]`, time first. */
export const stackHidden = (states: readonly LstmState[]): Tensor =>
  states.length === 1
    ? (states[0] as LstmState).h
    : concat(
        states.map(({ h }) => h),
        0,
      );
