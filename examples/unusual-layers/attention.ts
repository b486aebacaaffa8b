import type { Network } from '@ganymede/core';
import { glorotUniform, tensorAt } from '@ganymede/nn';
import { einsum, productOf, softmax } from '@ganymede/tensor';

/** Self-attention over pixels (Vaswani et al. 2017) with `heads` heads of `size`, added to its input. `[N, C, H, W]` as it came. */
export const attention = (heads: number, size: number): Network => ({
  name: 'attention',
  buffers: [],
  init(rng, shape) {
    const channels = Number(shape[1]);
    const fan = { in: channels, out: heads * size };
    const draw = (name: string) => glorotUniform()(rng.child(name), [channels, heads, size], fan);
    return { query: draw('query'), key: draw('key'), value: draw('value'), output: draw('output') };
  },
  apply(variables, x, ctx) {
    const [n = 1, c = 1, ...pixels] = x.shape;
    const rows = x.reshape([n, c, productOf(pixels)]);
    const weights = (name: string) => tensorAt(variables, name, ctx);
    const [q, k, v] = ['query', 'key', 'value'].map((name) => einsum('ncp,chd->nhpd', rows, weights(name)));
    const scores = einsum('nhpd,nhqd->nhpq', q!, k!).mul(size ** -0.5);
    const seen = einsum('nhpq,nhqd->nhpd', softmax(scores), v!);
    return x.add(einsum('nhpd,chd->ncp', seen, weights('output')).reshape(x.shape));
  },
});
