import type { Network } from '@ganymede/core';
import { topK, where, zeros } from '@ganymede/tensor';

/** At every pixel only the `count` largest channels pass, the others become 0 (Makhzani & Frey 2015). `[N, C, H, W]` as it came. */
export const winners = (count: number): Network => ({
  name: 'winners',
  buffers: [],
  init: () => ({}),
  apply(_, x) {
    const { values } = topK(x, count, { axis: 1 });
    const least = values.slice(1, count - 1, count);
    return where(x.less(least), zeros([1], x.dtype), x);
  },
});
