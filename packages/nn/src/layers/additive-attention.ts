import { conditionAt, type Network } from '@ganymede/core';
import { softmax } from '@ganymede/tensor';
import type { Initializer } from '../initializers/initializer.js';
import { requireCount } from './argument.js';
import { compose } from './compose.js';
import { dense } from './dense.js';
import { requireRank } from './dimension.js';
import { masked } from './dot-product-attention.js';

/** Options of {@link additiveAttention}. */
export interface AdditiveAttentionOptions {
  /** Name of the condition that holds what is attended to, `[N, Tk, size]`. @defaultValue 'memory' */
  readonly memory?: string;
  /** Name of the condition `[N, Tk]`, where there is one, that says which of it counts (not 0). @defaultValue 'memoryMask' */
  readonly mask?: string;
  /** @defaultValue glorotUniform() */
  readonly kernelInit?: Initializer;
}

/**
 * Additive attention (Bahdanau et al. 2015, section A.1.2): each query's mean of the memory, weighted by
 * softmax over k of v · tanh(W · query + U · memory_k). Queries `[N, Tq, in]` and the condition `memory` `[N, Tk, size]` to
 * `[N, Tq, size]`; between a decoder's states and an encoder's outputs. Variables `query/kernel` [in, units], `key/kernel` [size,
 * units], `score/kernel` [units, 1].
 *
 * @throws `GANYMEDE_CONDITION`, `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function additiveAttention(
  units: number,
  { memory = 'memory', mask = 'memoryMask', kernelInit }: AdditiveAttentionOptions = {},
): Network {
  requireCount('additiveAttention', 'units', units);
  const options = { bias: false, ...(kernelInit === undefined ? {} : { kernelInit }) };
  return compose(
    { query: dense(units, options), key: dense(units, options), score: dense(1, options) },
    (parts, x, ctx) => {
      const values = conditionAt(ctx, memory);
      requireRank('additiveAttention', x.shape, 3, '[batch, time, features]');
      requireRank('additiveAttention', values.shape, 3, '[batch, time, features] as memory');
      const [batch = 1, queries = 1] = x.shape;
      const keys = values.shape[1] ?? 1;
      const sum = parts
        .query(x)
        .reshape([batch, queries, 1, units])
        .add(parts.key(values).reshape([batch, 1, keys, units]));
      const scores = parts.score(sum.tanh()).reshape([batch, queries, keys]);
      const counted = ctx.conditions[mask]?.reshape([batch, 1, keys]);
      return softmax(counted === undefined ? scores : masked(scores, counted), -1).matmul(values);
    },
    { name: 'attention' },
  );
}
