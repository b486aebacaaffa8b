import { concat, type Tensor } from '@ganymede/tensor';
import { drawTokens } from './draw-tokens.js';
import { advance, startState } from './sequence-state.js';
import type { SequenceVariables } from './sequence-variables.js';
import { tokenLogits } from './token-logits.js';

/**
 * Sequences drawn from a language model, token after token, the loop unrolled. Its first step is computed once for all rows,
 * so nothing in the graph needs the number of rows: `rows` may be a named dimension.
 *
 * @param uniform `[rows, T]` on [0, 1): the randomness, and with it the latent of the sequence.
 * @returns int32 `[rows, T]`.
 */
export function sampleSequences(variables: SequenceVariables, uniform: Tensor): Tensor {
  const length = Number(uniform.shape[1]);
  const columns: Tensor[] = [];
  let state = startState(variables);
  for (let t = 0; t < length; t++) {
    const tokens = drawTokens(tokenLogits(variables, state.h), uniform.slice(1, t, t + 1));
    columns.push(tokens.reshape([-1, 1]));
    if (t + 1 < length) state = advance(variables, tokens, state);
  }
  return concat(columns, 1);
}
