import type { LstmState } from '@ganymede/nn';
import { concat, type Tensor, tile } from '@ganymede/tensor';
import { drawTokens } from './draw-tokens.js';
import { advance } from './sequence-state.js';
import type { SequenceVariables } from './sequence-variables.js';
import { teacherForce } from './teacher-force.js';
import { tokenLogits } from './token-logits.js';

/** Uniform numbers that {@link rollOut} uses: one for every token that is drawn. */
export const rollOutDraws = (rows: number, length: number, repeats: number): number =>
  (repeats * rows * length * (length - 1)) / 2;

/**
 * Completes every proper prefix of every sequence `repeats` times with the policy `variables` (Monte-Carlo search, Yu et al.
 * 2017, eq. 4). All prefixes are completed in one pass: the rows of prefix length g join, with the LSTM state stored there,
 * when token g is drawn. That is exact, and reads each prefix once.
 *
 * @param tokens integer `[B, T]`, T >= 2, fixed size.
 * @param uniform `[rollOutDraws(B, T, repeats)]` on [0, 1).
 * @returns `[(T-1) * repeats * B + B, T]` int32: prefix length 1 first, then by repeat, then by sequence; the last B rows are
 * the sequences themselves.
 */
export function rollOut(
  variables: SequenceVariables,
  tokens: Tensor,
  uniform: Tensor,
  repeats: number,
): Tensor {
  const [rows, length] = tokens.shape as readonly [number, number];
  const group = repeats * rows;
  const prefixes = teacherForce(variables, tokens);
  const given = Array.from({ length }, (_, t) => tokens.slice(1, t, t + 1).cast('int32'));
  const repeat = (x: Tensor, times: number) => (times === 1 ? x : tile(x, [times, 1]));

  const columns = [repeat(given[0] as Tensor, (length - 1) * repeats + 1)];
  let state: LstmState | undefined;
  let used = 0;
  for (let t = 1; t < length; t++) {
    const joining = prefixes[t] as LstmState;
    const fresh = { h: repeat(joining.h, repeats), c: repeat(joining.c, repeats) };
    state = state ? { h: concat([state.h, fresh.h], 0), c: concat([state.c, fresh.c], 0) } : fresh;
    const count = t * group;
    const draws = uniform.slice(0, used, used + count).reshape([count, 1]);
    used += count;
    const drawn = drawTokens(tokenLogits(variables, state.h), draws);
    // Longer prefixes already hold this token; so do the finished sequences.
    const known = repeat(given[t] as Tensor, (length - 1 - t) * repeats + 1);
    columns.push(concat([drawn.reshape([count, 1]), known], 0));
    if (t + 1 < length) state = advance(variables, drawn, state);
  }
  return concat(columns, 1);
}

/**
 * Q of every token from the scores of {@link rollOut}'s rows: `Q[b, t]` is the mean score over the completions of the prefix
 * that ends with token t, and the score of the sequence itself for the last token.
 *
 * @param scores `[(T-1) * repeats * B + B]`
 * @returns `[B, T]`
 */
export function actionValues(scores: Tensor, rows: number, length: number, repeats: number): Tensor {
  const completed = (length - 1) * repeats * rows;
  const means = scores
    .slice(0, 0, completed)
    .reshape([length - 1, repeats, rows])
    .mean(1);
  const last = scores.slice(0, completed, completed + rows).reshape([1, rows]);
  return concat([means, last], 0).transpose([1, 0]);
}
