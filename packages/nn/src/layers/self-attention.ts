import type { Network, Tree } from '@ganymede/core';
import {
  filled,
  GanymedeError,
  maxPool,
  productOf,
  softmax,
  type Tensor,
  type Value,
} from '@ganymede/tensor';
import type { Initializer } from '../initializers/initializer.js';
import { tensorAt } from '../variables.js';
import { requireCount } from './argument.js';
import { compose } from './compose.js';
import { conv2d } from './conv2d.js';
import { requireRank, sizeAt } from './dimension.js';

/** Options of {@link selfAttention}. */
export interface SelfAttentionOptions {
  /** Whether keys and values are max-pooled 2 by 2 first, as in BigGAN's code: a quarter of the work. Height and width must be even. @defaultValue false */
  readonly pool?: boolean;
  /** Channels per channel of queries and keys; values have half as many. @defaultValue 8 */
  readonly reduction?: number;
  /** Put around each of the four convolutions, such as `spectralNorm`. */
  readonly wrap?: (layer: Network) => Network;
  /** First value of gamma. @defaultValue 0: the layer starts as the identity */
  readonly gammaInit?: number;
  /** @defaultValue glorotUniform() */
  readonly kernelInit?: Initializer;
}

/**
 * Self-attention over the pixels of a feature map (SAGAN, Zhang et al. 2019, eq. 1-3): x + gamma · o, where o at each pixel is a mean of
 * the values of all pixels, weighted by softmax over them of key · query. `[N, C, H, W]` to the same; C is a multiple of `reduction`.
 * Queries and keys have C / 8 channels, values C / 2, by convolutions of size 1 without bias: variables `query/kernel`, `key/kernel`,
 * `value/kernel`, `output/kernel`, and `gamma`, a number. The weights take (H·W)² numbers per sample.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function selfAttention({
  pool = false,
  reduction = 8,
  wrap = (layer) => layer,
  gammaInit = 0,
  kernelInit,
}: SelfAttentionOptions = {}): Network {
  requireCount('selfAttention', 'reduction', reduction);
  const options = { kernel: 1, bias: false, ...(kernelInit === undefined ? {} : { kernelInit }) };
  const layer = (filters: number) => wrap(conv2d(filters, options));
  // How many filters the convolutions have is known only when it is applied or initialised.
  const build = (channels: number): Network => {
    if (channels % reduction !== 0 || channels % 2 !== 0) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `selfAttention: expected a number of channels that ${reduction} and 2 divide, got ${channels}`,
        hint: 'change the filters of the layer before it, or the reduction',
      });
    }
    const small = channels / reduction;
    const parts = {
      query: layer(small),
      key: layer(small),
      value: layer(channels / 2),
      output: layer(channels),
    };
    return compose(parts, (part, x) => {
      const [batch = 1, , height = 1, width = 1] = x.shape;
      const seen = (y: Tensor): Tensor => flat(pool ? maxPool(y, { kernel: 2 }) : y);
      const weights = softmax(turned(flat(part.query(x))).matmul(seen(part.key(x))), -1);
      const mixed = seen(part.value(x)).matmul(turned(weights));
      return part.output(mixed.reshape([batch, channels / 2, height, width]));
    });
  };
  return {
    name: 'attention',
    buffers: build(2 * reduction).buffers,
    init(rng, shape, conditions): Tree<Value> {
      requireRank('selfAttention', shape, 4, '[batch, channels, height, width]');
      const convolutions = build(sizeAt('selfAttention', shape, 1)).init(rng, shape, conditions);
      return { ...convolutions, gamma: filled([], gammaInit) };
    },
    apply(variables, x, ctx) {
      requireRank('selfAttention', x.shape, 4, '[batch, channels, height, width]');
      const attended = build(sizeAt('selfAttention', x.shape, 1)).apply(variables, x, ctx);
      return x.add(attended.mul(tensorAt(variables, 'gamma', ctx)));
    },
  };
}

/** `[N, C, H, W]` to `[N, C, H·W]`. */
const flat = (x: Tensor): Tensor => x.reshape([...x.shape.slice(0, 2), productOf(x.shape.slice(2))]);

const turned = (x: Tensor): Tensor => x.transpose([0, 2, 1]);
