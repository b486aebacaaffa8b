import type { Network } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { glorotUniform } from '../initializers/glorot.js';
import type { Initializer } from '../initializers/initializer.js';
import { relu } from './activations.js';
import { requireCount, requireOneOf } from './argument.js';
import { compose } from './compose.js';
import { conv2d } from './conv2d.js';
import { requireRank, sizeAt } from './dimension.js';
import { averagePool } from './pooling.js';
import { upsample } from './upsample.js';

/** Options of {@link residualBlock}. */
export interface ResidualBlockOptions {
  /** `'up'` doubles height and width (nearest), `'down'` halves them (mean). @defaultValue 'none' */
  readonly resample?: 'none' | 'up' | 'down';
  /** Makes the normalization before each of the two activations, such as `() => conditionalBatchNorm({ classes: 10 })`. @defaultValue none */
  readonly norm?: () => Network;
  /** Makes the two activations. @defaultValue relu */
  readonly activation?: () => Network;
  /** What is added: the input resampled, or a convolution of size 1 of it. @defaultValue 'identity' without resampling, else 'learned' */
  readonly shortcut?: 'identity' | 'learned';
  /** Whether the block's input is an image: no normalization and activation first, and the shortcut is pooled before its convolution. @defaultValue false */
  readonly first?: boolean;
  /** Filters of the first convolution. @defaultValue `filters`; the input's channels where it halves the size and is not the first */
  readonly hidden?: number;
  /** Size of the two kernels. @defaultValue 3 */
  readonly kernel?: number;
  /** Put around each convolution, such as `spectralNorm`. */
  readonly wrap?: (layer: Network) => Network;
  /** Of the two convolutions. @defaultValue glorotUniform(√2) */
  readonly kernelInit?: Initializer;
  /** Of the shortcut's. @defaultValue glorotUniform() */
  readonly shortcutInit?: Initializer;
}

const none = 'none' as const;

/**
 * A pre-activation residual block (He et al. 2016b), as GANs use it (Gulrajani et al. 2017; SN-GAN, Miyato et al. 2018, figures 8-10;
 * BigGAN): shortcut(x) + conv(act(norm(conv(up(act(norm(x))))))), pooled at the end where it halves. `[N, C, H, W]` to
 * `[N, filters, H', W']`. The shortcut is up-sampled before its convolution and pooled after it. With `first` it is the "optimized"
 * block at the front of SN-GAN's discriminators. Parts: `norm1`, `conv1`, `norm2`, `conv2`, `shortcut`.
 *
 * ```ts
 * import { createRng, treePaths } from '@ganymede/core';
 * import { residualBlock, spectralNorm } from '@ganymede/nn';
 *
 * const block = residualBlock(128, { resample: 'down', first: true, wrap: spectralNorm });
 * treePaths(block.init(createRng(1), ['N', 3, 32, 32])).slice(0, 3); // => ['conv1/kernel', 'conv1/bias', 'conv1/u']
 * ```
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function residualBlock(filters: number, options: ResidualBlockOptions = {}): Network {
  const { resample = none, first = false } = options;
  const { shortcut = resample === none ? 'identity' : 'learned' } = options;
  requireCount('residualBlock', 'filters', filters);
  requireOneOf('residualBlock', 'resample', [none, 'up', 'down'], resample);
  requireOneOf('residualBlock', 'shortcut', ['identity', 'learned'], shortcut);
  // Hidden filters and the shortcut's fit are known only when it is applied or initialised.
  const build = (channels: number): Network => {
    refuseUnequal(shortcut, channels, filters);
    const narrow = resample === 'down' && !first;
    return blockOf(filters, options.hidden ?? (narrow ? channels : filters), {
      ...options,
      resample,
      shortcut,
    });
  };
  const channelsOf = (shape: Parameters<Network['init']>[1]): number => {
    requireRank('residualBlock', shape, 4, '[batch, channels, height, width]');
    return sizeAt('residualBlock', shape, 1);
  };
  return {
    name: 'block',
    buffers: build(filters).buffers,
    init: (rng, shape, conditions) => build(channelsOf(shape)).init(rng, shape, conditions),
    apply: (variables, x, ctx) => build(channelsOf(x.shape)).apply(variables, x, ctx),
  };
}

function blockOf(
  filters: number,
  hidden: number,
  {
    resample = none,
    norm,
    activation = relu,
    shortcut = 'identity',
    first = false,
    kernel = 3,
    wrap = (layer) => layer,
    kernelInit = glorotUniform(Math.SQRT2),
    shortcutInit = glorotUniform(),
  }: ResidualBlockOptions,
): Network {
  const before = (k: 1 | 2): Record<string, Network> =>
    k === 1 && first
      ? {}
      : { ...(norm === undefined ? {} : { [`norm${k}`]: norm() }), [`activation${k}`]: activation() };
  const parts: Record<string, Network> = {
    ...before(1),
    ...(resample === 'up' ? { up: upsample(2) } : {}),
    conv1: wrap(conv2d(hidden, { kernel, kernelInit })),
    ...before(2),
    conv2: wrap(conv2d(filters, { kernel, kernelInit })),
    ...(resample === 'down' ? { down: averagePool(2) } : {}),
    ...(shortcut === 'learned'
      ? { shortcut: wrap(conv2d(filters, { kernel: 1, kernelInit: shortcutInit })) }
      : {}),
  };
  const main = ['norm1', 'activation1', 'up', 'conv1', 'norm2', 'activation2', 'conv2', 'down'];
  const beside = first ? ['up', 'down', 'shortcut'] : ['up', 'shortcut', 'down'];
  return compose(parts, (part, x) => {
    const along = (names: readonly string[]) => names.reduce((y, name) => part[name]?.(y) ?? y, x);
    return along(main).add(along(beside));
  });
}

function refuseUnequal(shortcut: 'identity' | 'learned', channels: number, filters: number): void {
  if (shortcut === 'learned' || channels === filters) return;
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `residualBlock: an identity shortcut needs ${filters} channels, as many as filters, got ${channels}`,
    hint: "use shortcut: 'learned'",
    data: { channels, filters },
  });
}
