import type { Network } from '@ganymede/core';
import { tensorAt } from '../variables.js';
import { type BatchNormOptions, batchStatistics } from './batch-statistics.js';
import { initAffine, perChannel } from './channel-affine.js';

/**
 * Batch normalization (Ioffe and Szegedy 2015, algorithm 1) of `[N, C]` or `[N, C, …]`, per channel:
 * (x − mean) / √(variance + epsilon) · scale + bias. In training with the statistics of the batch (biased variance), which
 * also move the running `mean` and `variance` (running = momentum · running + (1 − momentum) · batch); otherwise with the
 * running ones. Variables [C]: `scale`, `bias`; buffers `mean`, `variance`.
 *
 * A discriminator with batch norm must see real and generated samples in separate batches.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function batchNorm(options: BatchNormOptions = {}): Network {
  const statistics = batchStatistics('batchNorm', options);
  return {
    name: 'norm',
    buffers: ['mean', 'variance'],
    init: (_rng, shape) => ({
      ...initAffine(statistics.channels(shape)),
      ...statistics.init(shape),
    }),
    apply: (variables, x, ctx) => {
      statistics.channels(x.shape);
      const learned = (name: string) => perChannel(tensorAt(variables, name, ctx), x);
      return statistics.apply(variables, x, ctx, { scale: learned('scale'), bias: learned('bias') });
    },
  };
}
