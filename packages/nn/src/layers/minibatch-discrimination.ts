import type { Network, StepContext, Tree } from '@ganymede/core';
import { concat, eye, filled, type Tensor, type Value } from '@ganymede/tensor';
import type { Initializer } from '../initializers/initializer.js';
import { normal } from '../initializers/normal.js';
import { tensorAt } from '../variables.js';
import { requireCount } from './argument.js';
import { requireRank, sizeAt } from './dimension.js';

/** Options of {@link minibatchDiscrimination}. */
export interface MinibatchDiscriminationOptions {
  /** Closeness features per sample. @defaultValue 100 */
  readonly kernels?: number;
  /** Dimensions in which closeness is measured, for each kernel. @defaultValue 5 */
  readonly dimensions?: number;
  /**
   * Means over the batch, the sample itself among it, in place of sums over the others: in [1/N, 1], where sums of up to N − 1 drown the
   * other features of large batches. @defaultValue false, as in the paper
   */
  readonly average?: boolean;
  /** @defaultValue normal(0.05) */
  readonly kernelInit?: Initializer;
  /** Every element of the bias at first. @defaultValue 0 */
  readonly biasInit?: number;
}

/**
 * Minibatch discrimination (Salimans et al. 2016, section 3.2): how close each sample is to the others of its batch, as further
 * features, so that a discriminator sees a collapsed generator. With M = x · kernel, feature b of sample i is
 * Σ over j ≠ i of exp(−‖M_i,b − M_j,b‖₁) + bias_b. `[N, in]` to `[N, in + kernels]`; memory N² · kernels · dimensions. A batch of
 * equal samples gives N − 1 + bias, samples far apart bias. Variables `kernel` [in, kernels, dimensions], `bias` [kernels].
 * `initFromData` scales the kernel so that the nearest other sample is at distance 2 on average, and shifts the features to mean 0, as
 * the authors' code does: unscaled, all samples may be far apart, or all close.
 *
 * Samples meet in it: gradient penalties, which look at each sample on its own, do not fit.
 */
export function minibatchDiscrimination({
  kernels = 100,
  dimensions = 5,
  average = false,
  kernelInit = normal(0.05),
  biasInit = 0,
}: MinibatchDiscriminationOptions = {}): Network {
  requireCount('minibatchDiscrimination', 'kernels', kernels);
  requireCount('minibatchDiscrimination', 'dimensions', dimensions);
  return {
    name: 'minibatch',
    buffers: [],
    init(rng, shape): Tree<Value> {
      const width = sizeAt('minibatchDiscrimination', shape, -1);
      const fan = { in: width, out: kernels * dimensions };
      return {
        kernel: kernelInit(rng.child('kernel'), [width, kernels, dimensions], fan),
        bias: filled([kernels], biasInit),
      };
    },
    apply(variables, x, ctx) {
      requireRank('minibatchDiscrimination', x.shape, 2, '[batch, features]');
      const [batch = 1, width = 1] = x.shape;
      const kernel = tensorAt(variables, 'kernel', ctx);
      const m = x.matmul(kernel.reshape([width, -1]));
      // The others last: the inner loops of differences and sums are then over samples, not over a few dimensions.
      const samples: Tensor = m.reshape([batch, kernels, dimensions, 1]);
      const others = m.transpose([1, 0]).reshape([1, kernels, dimensions, batch]);
      const distances = samples.sub(others).abs().sum(2);
      const features =
        ctx.fitVariable === undefined
          ? closenessOf(distances, average).add(tensorAt(variables, 'bias', ctx))
          : fitted(distances, kernel, average, ctx);
      return concat([x, features], 1);
    },
  };
}

/** Closeness `[N, kernels]` of each sample to the others, from their distances `[N, kernels, N]`. */
function closenessOf(distances: Tensor, average: boolean): Tensor {
  const closeness = distances.neg().exp();
  // A sample is as close to itself as can be: exp(0).
  return average ? closeness.mean(2) : closeness.sum(2).sub(1);
}

/** First kernel and bias for which the nearest other sample is at distance 2, and features are 0, on average over the batch. */
function fitted(distances: Tensor, kernel: Tensor, average: boolean, ctx: StepContext): Tensor {
  const [batch = 1, kernels = 1] = distances.shape;
  const farFromItself = eye(batch).reshape([batch, 1, batch]).mul(1e6);
  const nearest = distances.add(farFromItself).min(2).mean(0).div(2);
  ctx.fitVariable?.('kernel', kernel.div(nearest.reshape([1, kernels, 1])));
  const closeness = closenessOf(distances.div(nearest.reshape([1, kernels, 1])), average);
  const mean = closeness.mean(0);
  ctx.fitVariable?.('bias', mean.neg());
  return closeness.sub(mean);
}
