import type { Network } from '@ganymede/core';
import { stateless } from './stateless.js';

/**
 * Hands its input on as it is and exposes it as `name` to whoever applies the network: `expose('features')` before a discriminator's
 * last layer, for losses that match features. With a `head`, what that makes of the input is exposed instead: class logits by an
 * auxiliary classifier. `[batch, …]` to the same; variables are the head's.
 *
 * ```ts
 * import { dense, expose, flatten, sequential } from '@ganymede/nn';
 *
 * // An AC-GAN discriminator: raw logit, and class logits beside it.
 * sequential(flatten(), dense(64), expose('features'), expose('classes', dense(10)), dense(1));
 * ```
 */
export function expose(name: string, head?: Network): Network {
  if (head === undefined) {
    return stateless('expose', (x, ctx) => {
      ctx.expose?.(name, x);
      return x;
    });
  }
  return {
    ...head,
    name: 'expose',
    apply(variables, x, ctx) {
      ctx.expose?.(name, head.apply(variables, x, ctx));
      return x;
    },
  };
}
