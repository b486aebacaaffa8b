import type { Network } from '@ganymede/core';
import { cast, gather, isFloating } from '@ganymede/tensor';
import type { Initializer } from '../initializers/initializer.js';
import { normal } from '../initializers/normal.js';
import { tensorAt } from '../variables.js';
import { requireCount } from './argument.js';

/** Options of {@link embedding}. */
export interface EmbeddingOptions {
  /** @defaultValue normal(0.1) */
  readonly tableInit?: Initializer;
}

/**
 * Rows of a table by index: ids of any shape `[N, …]` in [0, `count`) to `[N, …, size]`. `table` [count, size]. Ids that come
 * as floating-point numbers are truncated to integers and get no gradient.
 */
export function embedding(
  count: number,
  size: number,
  { tableInit = normal(0.1) }: EmbeddingOptions = {},
): Network {
  requireCount('embedding', 'count', count);
  requireCount('embedding', 'size', size);
  return {
    name: 'embedding',
    buffers: [],
    init: (rng) => ({ table: tableInit(rng.child('table'), [count, size], { in: count, out: size }) }),
    apply(variables, x, ctx) {
      return gather(tensorAt(variables, 'table', ctx), isFloating(x.dtype) ? cast(x, 'int32') : x);
    },
  };
}
