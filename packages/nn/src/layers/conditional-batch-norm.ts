import type { Network } from '@ganymede/core';
import { type BatchNormOptions, batchStatistics } from './batch-statistics.js';
import { modulation, type ModulationOptions } from './modulation.js';

/** Options of {@link conditionalBatchNorm}. */
export interface ConditionalBatchNormOptions extends BatchNormOptions, ModulationOptions {}

/**
 * Batch normalization whose scale and shift depend on a condition (de Vries et al. 2017, eq. 4; in GANs Dumoulin et al. 2017, Miyato
 * and Koyama 2018). `[N, C]` or `[N, C, …]` to the same. With `classes` the condition `label` picks rows of the tables `scale` and
 * `bias` [classes, C], as SN-GAN's generators do; without, scale and shift are linear in the vectors `style` `[N, size]`, as
 * BigGAN's (`kernel` [size, 2·C], `bias` [2·C]). Statistics, training and inference are {@link batchNorm}'s: buffers `mean`,
 * `variance`.
 *
 * ```ts
 * import { createRng, createStepContext, mapTree, withConditions } from '@ganymede/core';
 * import { conditionalBatchNorm, conv2d, relu, sequential } from '@ganymede/nn';
 * import { input } from '@ganymede/tensor';
 *
 * const block = sequential(conditionalBatchNorm({ classes: 10 }), relu(), conv2d(16, { kernel: 3 }));
 * const variables = block.init(createRng(1), ['N', 8, 4, 4], { label: { dtype: 'int32', shape: ['N'] } });
 * const symbols = mapTree(variables, (v, path) => input(path, v.shape));
 * const { ctx } = createStepContext({ training: false });
 * const told = withConditions(ctx, { label: input('label', ['N'], 'int32') });
 * block.apply(symbols, input('x', ['N', 8, 4, 4]), told).shape; // => ['N', 16, 4, 4]
 * ```
 *
 * @throws `GANYMEDE_CONDITION`, `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`, `GANYMEDE_LABEL`
 */
export function conditionalBatchNorm(options: ConditionalBatchNormOptions = {}): Network {
  const statistics = batchStatistics('conditionalBatchNorm', options);
  const modulate = modulation('conditionalBatchNorm', options);
  return {
    name: 'norm',
    buffers: ['mean', 'variance'],
    init: (rng, shape, conditions) => ({
      ...modulate.init(rng, statistics.channels(shape), conditions),
      ...statistics.init(shape),
    }),
    apply: (variables, x, ctx) => {
      statistics.channels(x.shape);
      return statistics.apply(variables, x, ctx, modulate.apply(variables, x, ctx));
    },
  };
}
