import type { Network, Tree } from '@ganymede/core';
import { convTranspose, filled, type Value } from '@ganymede/tensor';
import { glorotUniform } from '../initializers/glorot.js';
import type { Initializer } from '../initializers/initializer.js';
import { tensorAt } from '../variables.js';
import { requireCount } from './argument.js';
import { requireRank, sizeAt } from './dimension.js';
import { convTransposePadding, onnxPads, type Padding, pair, type Size } from './padding.js';

/** Options of {@link convTranspose2d}. */
export interface ConvTranspose2dOptions {
  /** Height and width of the kernel; a multiple of the stride covers every pixel equally often (no checkerboard). */
  readonly kernel: Size;
  /** @defaultValue 1 */
  readonly stride?: Size;
  /** @defaultValue 'same': the output is input · stride */
  readonly padding?: Padding;
  /** @defaultValue true; leave it out before batchNorm, which has one */
  readonly bias?: boolean;
  /** @defaultValue glorotUniform() */
  readonly kernelInit?: Initializer;
  /** Every element of the bias at first. @defaultValue 0 */
  readonly biasInit?: number;
}

/**
 * Transposed ("de-")convolution, the gradient of `conv2d` with respect to its input: `[N, C, H, W]` to `[N, filters, H', W']`;
 * with `padding: 'same'` exactly [H · stride, W · stride]. Variables `kernel` [C, filters, kh, kw] and `bias` [filters].
 */
export function convTranspose2d(filters: number, options: ConvTranspose2dOptions): Network {
  const { stride = 1, padding = 'same', bias = true, kernelInit = glorotUniform(), biasInit = 0 } = options;
  const [kh, kw] = pair(options.kernel);
  const [sh, sw] = pair(stride);
  requireCount('convTranspose2d', 'filters', filters);
  for (const size of [kh, kw]) requireCount('convTranspose2d', 'kernel', size);
  for (const step of [sh, sw]) requireCount('convTranspose2d', 'stride', step);
  return {
    name: 'convTranspose',
    buffers: [],
    init(rng, shape): Tree<Value> {
      requireRank('convTranspose2d', shape, 4, '[batch, channels, height, width]');
      const channels = sizeAt('convTranspose2d', shape, 1);
      const fan = { in: (channels * kh * kw) / (sh * sw), out: filters * kh * kw };
      const kernel = kernelInit(rng.child('kernel'), [channels, filters, kh, kw], fan);
      return bias ? { kernel, bias: filled([filters], biasInit) } : { kernel };
    },
    apply(variables, x, ctx) {
      requireRank('convTranspose2d', x.shape, 4, '[batch, channels, height, width]');
      const rows = convTransposePadding(padding, kh, sh);
      const columns = convTransposePadding(padding, kw, sw);
      return convTranspose(x, tensorAt(variables, 'kernel', ctx), {
        strides: [sh, sw],
        pads: onnxPads([rows.cut, columns.cut]),
        outputPadding: [rows.added, columns.added],
        ...(bias ? { bias: tensorAt(variables, 'bias', ctx) } : {}),
      });
    },
  };
}
