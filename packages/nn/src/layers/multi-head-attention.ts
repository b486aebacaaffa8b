import { conditionAt, type Network } from '@ganymede/core';
import { GanymedeError, type Tensor } from '@ganymede/tensor';
import type { Initializer } from '../initializers/initializer.js';
import { requireCount } from './argument.js';
import { compose } from './compose.js';
import { dense } from './dense.js';
import { requireRank, sizeAt } from './dimension.js';
import { dotProductAttention } from './dot-product-attention.js';

/** Options of {@link multiHeadAttention}. */
export interface MultiHeadAttentionOptions {
  /** Attentions side by side; must divide the size. */
  readonly heads: number;
  /** Size of queries, keys and values of all heads together. @defaultValue the input's */
  readonly size?: number;
  /** Whether a position sees only itself and those before it. @defaultValue false */
  readonly causal?: boolean;
  /** Name of the condition `[N, Tk, size]` that is attended to. @defaultValue none: the input itself */
  readonly memory?: string;
  /** Name of the condition `[N, Tk]`, where there is one, that says which keys count (not 0). @defaultValue 'mask', of a memory 'memoryMask' */
  readonly mask?: string;
  /** @defaultValue true */
  readonly bias?: boolean;
  /** @defaultValue glorotUniform() */
  readonly kernelInit?: Initializer;
}

/**
 * Multi-head attention (Vaswani et al. 2017, section 3.2.2) of a sequence to itself, or to a memory: `[N, T, in]` to the same. Variables
 * `query`, `key`, `value` [in, size] and `output` [size, in], each `…/kernel` and `…/bias`.
 *
 * @throws `GANYMEDE_CONDITION`, `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function multiHeadAttention({
  heads,
  size,
  causal = false,
  memory,
  mask = memory === undefined ? 'mask' : 'memoryMask',
  bias = true,
  kernelInit,
}: MultiHeadAttentionOptions): Network {
  requireCount('multiHeadAttention', 'heads', heads);
  if (size !== undefined) requireCount('multiHeadAttention', 'size', size);
  // The output has the input's width, which is known only when it is applied or initialised.
  const build = (width: number): Network => {
    const all = size ?? width;
    if (all % heads !== 0) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `multiHeadAttention: ${heads} heads do not divide the size ${all}`,
        hint: 'choose another number of heads, or give a size that it divides',
      });
    }
    const layer = (units: number) =>
      dense(units, { bias, ...(kernelInit === undefined ? {} : { kernelInit }) });
    const parts = { query: layer(all), key: layer(all), value: layer(all), output: layer(width) };
    return compose(parts, (part, x, ctx) => {
      requireRank('multiHeadAttention', x.shape, 3, '[batch, time, features]');
      const source = memory === undefined ? x : conditionAt(ctx, memory);
      requireRank('multiHeadAttention', source.shape, 3, '[batch, time, features] as memory');
      const split = (y: Tensor): Tensor =>
        y.reshape([y.shape[0] ?? 1, y.shape[1] ?? 1, heads, all / heads]).transpose([0, 2, 1, 3]);
      const counted = ctx.conditions[mask];
      const laid = counted?.reshape([counted.shape[0] ?? 1, 1, 1, counted.shape[1] ?? 1]);
      const each = dotProductAttention(
        split(part.query(x)),
        split(part.key(source)),
        split(part.value(source)),
        {
          causal,
          ...(laid === undefined ? {} : { mask: laid }),
        },
      );
      const joined = each.transpose([0, 2, 1, 3]).reshape([x.shape[0] ?? 1, x.shape[1] ?? 1, all]);
      return part.output(joined);
    });
  };
  return {
    name: 'attention',
    buffers: [],
    init: (rng, shape, conditions) =>
      build(sizeAt('multiHeadAttention', shape, -1)).init(rng, shape, conditions),
    apply: (variables, x, ctx) => build(sizeAt('multiHeadAttention', x.shape, -1)).apply(variables, x, ctx),
  };
}
