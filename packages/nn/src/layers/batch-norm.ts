import type { Network } from '@ganymede/core';
import { filled, formatShape, GanymedeError, type Shape, type Tensor } from '@ganymede/tensor';
import { tensorAt } from '../variables.js';
import { requireShare } from './argument.js';
import { sizeAt } from './dimension.js';

/** Options of {@link batchNorm}. */
export interface BatchNormOptions {
  /** Share of the running statistics that one training step keeps, in [0, 1). @defaultValue 0.9 */
  readonly momentum?: number;
  /** Added to the variance. @defaultValue 1e-5 */
  readonly epsilon?: number;
}

/** Axes averaged over, and the shape in which one number per channel broadcasts. */
function layoutOf(shape: Shape): { readonly axes: readonly number[]; readonly broadcast: readonly number[] } {
  if (shape.length === 2) return { axes: [0], broadcast: [1, sizeAt('batchNorm', shape, 1)] };
  if (shape.length === 4) return { axes: [0, 2, 3], broadcast: [1, sizeAt('batchNorm', shape, 1), 1, 1] };
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `batchNorm: expected [batch, features] or [batch, channels, height, width], got ${formatShape(shape)}`,
    hint: 'use flatten() or reshape(…) before it',
  });
}

/**
 * Batch normalization (Ioffe and Szegedy 2015, algorithm 1) of `[N, C]` or `[N, C, H, W]`, per channel:
 * (x − mean) / √(variance + epsilon) · scale + bias. In training with the statistics of the batch (biased variance), which
 * also move the running `mean` and `variance` (running = momentum · running + (1 − momentum) · batch); otherwise with the
 * running ones. Variables [C]: `scale`, `bias`; buffers `mean`, `variance`.
 *
 * A discriminator with batch norm must see real and generated samples in separate batches.
 */
export function batchNorm({ momentum = 0.9, epsilon = 1e-5 }: BatchNormOptions = {}): Network {
  requireShare('batchNorm', 'momentum', momentum);
  return {
    name: 'norm',
    buffers: ['mean', 'variance'],
    init(_rng, shape) {
      const channels = [sizeAt('batchNorm', layoutOf(shape).broadcast, 1)];
      return {
        scale: filled(channels, 1),
        bias: filled(channels, 0),
        mean: filled(channels, 0),
        variance: filled(channels, 1),
      };
    },
    apply(variables, x, ctx) {
      const { axes, broadcast } = layoutOf(x.shape);
      const perChannel = (name: string) => tensorAt(variables, name, ctx).reshape(broadcast);
      const scale = perChannel('scale');
      const bias = perChannel('bias');
      if (!ctx.training) {
        // One product and one sum per element: a backend folds the rest, and often these two into the layer before.
        const factor = scale.div(perChannel('variance').add(epsilon).sqrt());
        return x.mul(factor).add(bias.sub(perChannel('mean').mul(factor)));
      }
      const mean = x.mean(axes, true);
      const centred = x.sub(mean);
      const variance = centred.mul(centred).mean(axes, true);
      const track = (name: string, batch: Tensor) => {
        const next = batch
          .stopGradient()
          .reshape([broadcast[1] as number])
          .mul(1 - momentum);
        ctx.updateBuffer(name, tensorAt(variables, name, ctx).mul(momentum).add(next));
      };
      track('mean', mean);
      track('variance', variance);
      return centred.mul(scale.div(variance.add(epsilon).sqrt())).add(bias);
    },
  };
}
