import type { Network, Tree } from '@ganymede/core';
import { conv, filled, type Value } from '@ganymede/tensor';
import { glorotUniform } from '../initializers/glorot.js';
import type { Initializer } from '../initializers/initializer.js';
import { tensorAt } from '../variables.js';
import { requireCount } from './argument.js';
import { requireRank, sizeAt } from './dimension.js';
import { convPadding, onnxPads, type Padding, pair, type Size } from './padding.js';

/** Options of {@link conv2d}. */
export interface Conv2dOptions {
  /** Height and width of the kernel. */
  readonly kernel: Size;
  /** @defaultValue 1 */
  readonly stride?: Size;
  /** @defaultValue 'same': the output is ⌈input / stride⌉ */
  readonly padding?: Padding;
  /** @defaultValue true; leave it out before batchNorm, which has one */
  readonly bias?: boolean;
  /** @defaultValue glorotUniform() */
  readonly kernelInit?: Initializer;
  /** Every element of the bias at first. @defaultValue 0 */
  readonly biasInit?: number;
}

/**
 * Convolution (cross-correlation): `[N, C, H, W]` to `[N, filters, H', W']`. Variables `kernel` [filters, C, kh, kw] and `bias`
 * [filters].
 */
export function conv2d(filters: number, options: Conv2dOptions): Network {
  const { stride = 1, padding = 'same', bias = true, kernelInit = glorotUniform(), biasInit = 0 } = options;
  const [kh, kw] = pair(options.kernel);
  const [sh, sw] = pair(stride);
  requireCount('conv2d', 'filters', filters);
  for (const size of [kh, kw]) requireCount('conv2d', 'kernel', size);
  for (const step of [sh, sw]) requireCount('conv2d', 'stride', step);
  return {
    name: 'conv',
    buffers: [],
    init(rng, shape): Tree<Value> {
      requireRank('conv2d', shape, 4, '[batch, channels, height, width]');
      const channels = sizeAt('conv2d', shape, 1);
      const fan = { in: channels * kh * kw, out: filters * kh * kw };
      const kernel = kernelInit(rng.child('kernel'), [filters, channels, kh, kw], fan);
      return bias ? { kernel, bias: filled([filters], biasInit) } : { kernel };
    },
    apply(variables, x, ctx) {
      requireRank('conv2d', x.shape, 4, '[batch, channels, height, width]');
      return conv(x, tensorAt(variables, 'kernel', ctx), {
        strides: [sh, sw],
        pads: onnxPads([
          convPadding(padding, x.shape[2] ?? 1, kh, sh),
          convPadding(padding, x.shape[3] ?? 1, kw, sw),
        ]),
        ...(bias ? { bias: tensorAt(variables, 'bias', ctx) } : {}),
      });
    },
  };
}
