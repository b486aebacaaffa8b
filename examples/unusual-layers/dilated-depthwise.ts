import type { Network } from '@ganymede/core';
import { heNormal, tensorAt } from '@ganymede/nn';
import { conv, pad } from '@ganymede/tensor';

/** Each channel by itself under a 3x3 filter whose taps lie `dilation` apart; the border is a mirror. `[N, C, H, W]` as it came. */
export const dilatedDepthwise = (dilation: number): Network => ({
  name: 'depthwise',
  buffers: [],
  init(rng, shape) {
    const channels = Number(shape[1]);
    return { kernel: heNormal()(rng.child('kernel'), [channels, 1, 3, 3], { in: 9, out: 9 }) };
  },
  apply(variables, x, ctx) {
    const border = [0, 0, dilation, dilation];
    const mirrored = pad(x, [...border, ...border], { mode: 'reflect' });
    return conv(mirrored, tensorAt(variables, 'kernel', ctx), {
      group: Number(x.shape[1]),
      dilations: dilation,
    });
  },
});
