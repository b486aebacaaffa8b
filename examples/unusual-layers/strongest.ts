import type { Network } from '@ganymede/core';
import { productOf, topK } from '@ganymede/tensor';

/** The mean of each channel's `count` strongest pixels: `[N, C, H, W]` to `[N, C]`. */
export const strongest = (count: number): Network => ({
  name: 'strongest',
  buffers: [],
  init: () => ({}),
  apply(_, x) {
    const [n = 1, c = 1, ...pixels] = x.shape;
    return topK(x.reshape([n, c, productOf(pixels)]), count).values.mean(2);
  },
});
