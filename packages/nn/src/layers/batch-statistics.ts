import type { StepContext, Tree } from '@ganymede/core';
import { filled, formatShape, GanymedeError, type Shape, type Tensor, type Value } from '@ganymede/tensor';
import { tensorAt } from '../variables.js';
import { requirePositive, requireShare } from './argument.js';
import { perChannel } from './channel-affine.js';
import { sizeAt } from './dimension.js';

/** Options of everything that normalizes by the batch. */
export interface BatchNormOptions {
  /** Share of the running statistics that one training step keeps, in [0, 1). @defaultValue 0.9 */
  readonly momentum?: number;
  /** Added to the variance. @defaultValue 1e-5 */
  readonly epsilon?: number;
}

/** Factor and summand of the normalized values, `[1, C, 1, …]` or one per sample, `[N, C, 1, …]`. */
export interface Affine {
  readonly scale: Tensor;
  readonly bias: Tensor;
}

/** Normalization by the statistics of the batch in training, which are tracked, and by the tracked ones otherwise. */
export interface BatchStatistics {
  /** First values of the buffers `mean` and `variance`. */
  init(shape: Shape): Tree<Value>;
  /** Number of channels. Throws `GANYMEDE_SHAPE` for an input without. */
  channels(shape: Shape): number;
  apply(variables: Tree<Tensor>, x: Tensor, ctx: StepContext, affine: Affine): Tensor;
}

/** The {@link BatchStatistics} of a layer. Throws `GANYMEDE_OPTION`. */
export function batchStatistics(
  layer: string,
  { momentum = 0.9, epsilon = 1e-5 }: BatchNormOptions,
): BatchStatistics {
  requireShare(layer, 'momentum', momentum);
  requirePositive(layer, 'epsilon', epsilon);
  const channels = (shape: Shape): number => {
    if (shape.length >= 2) return sizeAt(layer, shape, 1);
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${layer}: expected [batch, features] or [batch, channels, positions…], got ${formatShape(shape)}`,
      hint: 'use flatten() or reshape(…) before it',
    });
  };
  return {
    channels,
    init: (shape) => ({
      mean: filled([channels(shape)], 0),
      variance: filled([channels(shape)], 1),
    }),
    apply(variables, x, ctx, { scale, bias }) {
      const count = channels(x.shape);
      const buffer = (name: string) => tensorAt(variables, name, ctx);
      if (!ctx.training) {
        // One product and one sum per element: a backend folds the rest, and often these two into the layer before.
        const factor = scale.div(perChannel(buffer('variance'), x).add(epsilon).sqrt());
        return x.mul(factor).add(bias.sub(perChannel(buffer('mean'), x).mul(factor)));
      }
      const axes = x.shape.map((_, i) => i).filter((i) => i !== 1);
      const mean = x.mean(axes, true);
      const centred = x.sub(mean);
      const variance = centred.mul(centred).mean(axes, true);
      const track = (name: string, batch: Tensor) => {
        const next = batch
          .stopGradient()
          .reshape([count])
          .mul(1 - momentum);
        ctx.updateBuffer(name, buffer(name).mul(momentum).add(next));
      };
      track('mean', mean);
      track('variance', variance);
      return centred.mul(scale.div(variance.add(epsilon).sqrt())).add(bias);
    },
  };
}
