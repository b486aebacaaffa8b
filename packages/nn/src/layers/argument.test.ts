import { GanymedeError } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { batchNorm } from './batch-norm.js';
import { conv2d } from './conv2d.js';
import { convTranspose2d } from './conv-transpose2d.js';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { embedding } from './embedding.js';
import { highway } from './highway.js';
import { lstmCell } from './lstm-cell.js';
import { adaInstanceNorm } from './ada-instance-norm.js';
import { additiveAttention } from './additive-attention.js';
import { blurPool } from './blur-pool.js';
import { conditionalBatchNorm } from './conditional-batch-norm.js';
import { conv1d } from './conv1d.js';
import { conv3d } from './conv3d.js';
import { convTranspose1d } from './conv-transpose1d.js';
import { equalizedLearningRate } from './equalized-learning-rate.js';
import { groupNorm } from './group-norm.js';
import { gru } from './gru.js';
import { gruCell } from './gru-cell.js';
import { instanceNorm } from './instance-norm.js';
import { layerNorm } from './layer-norm.js';
import { lstm } from './lstm.js';
import { learnedConstant } from './learned-constant.js';
import { maxout } from './maxout.js';
import { multiHeadAttention } from './multi-head-attention.js';
import { pixelNorm } from './pixel-norm.js';
import { pixelShuffle } from './pixel-shuffle.js';
import { averagePool, globalPool, maxPool } from './pooling.js';
import { residualBlock } from './residual-block.js';
import { selfAttention } from './self-attention.js';
import { spectralNorm } from './spectral-norm.js';
import { upsample } from './upsample.js';

describe('layers refuse sizes and rates that make no sense', () => {
  it.each([
    [() => dense(0), 'dense: units must be a whole number of at least 1, received 0'],
    [() => dense(Number.NaN), 'dense: units'],
    [() => conv2d(1.5, { kernel: 3 }), 'conv2d: filters'],
    [() => conv2d(1, { kernel: [3, 0] }), 'conv2d: kernel'],
    [() => convTranspose2d(1, { kernel: 4, stride: -2 }), 'convTranspose2d: stride'],
    [() => embedding(0, 3), 'embedding: count'],
    [() => lstmCell(-1), 'lstmCell: units'],
    [() => highway({ layers: 0 }), 'highway: layers'],
    [() => dropout(1), 'dropout: rate must be in [0, 1), received 1'],
    [() => dropout(Number.NaN), 'dropout: rate'],
    [() => batchNorm({ momentum: 2 }), 'batchNorm: momentum'],
    [() => batchNorm({ epsilon: 0 }), 'batchNorm: epsilon must be above 0, received 0'],
    [() => instanceNorm({ epsilon: -1 }), 'instanceNorm: epsilon'],
    [() => layerNorm({ epsilon: Number.NaN }), 'layerNorm: epsilon'],
    [
      () => layerNorm({ over: 'all' as 'sample' }),
      'layerNorm: over must be "features" or "sample", received "all"',
    ],
    [() => groupNorm(0), 'groupNorm: groups'],
    [() => pixelNorm({ epsilon: 0 }), 'pixelNorm: epsilon'],
    [() => conditionalBatchNorm({ classes: 0 }), 'conditionalBatchNorm: classes must be a whole number'],
    [() => adaInstanceNorm({ classes: 1.5 }), 'adaInstanceNorm: classes'],
    [() => conv1d(1, { kernel: 0 }), 'conv1d: kernel'],
    [() => conv2d(3, { kernel: 3, groups: 2 }), 'conv2d: groups must divide the 3 filters, received 2'],
    [() => conv2d(3, { kernel: [3] as never }), 'conv2d: kernel must be a number or 2 of them, received [3]'],
    [() => conv3d(1, { kernel: 3, dilation: 0 }), 'conv3d: dilation'],
    [() => convTranspose1d(1, { kernel: 3, stride: 0 }), 'convTranspose1d: stride'],
    [() => spectralNorm(dense(1), { iterations: 0 }), 'spectralNorm: iterations'],
    [() => equalizedLearningRate(dense(1), { rateMultiplier: 0 }), 'equalizedLearningRate: rateMultiplier'],
    [() => selfAttention({ reduction: 0 }), 'selfAttention: reduction'],
    [() => multiHeadAttention({ heads: 0 }), 'multiHeadAttention: heads'],
    [() => additiveAttention(0), 'additiveAttention: units'],
    [() => residualBlock(0), 'residualBlock: filters'],
    [
      () => residualBlock(1, { resample: 'left' as 'up' }),
      'residualBlock: resample must be "none" or "up" or "down"',
    ],
    [() => pixelShuffle(1.5), 'pixelShuffle: scale'],
    [() => upsample(0), 'upsample: scale'],
    [
      () => upsample(2, { mode: 'cubic' as 'nearest' }),
      'upsample: mode must be "nearest" or "bilinear", received "cubic"',
    ],
    [() => averagePool(0), 'averagePool: size'],
    [() => maxPool(2, { stride: 0 }), 'maxPool: stride'],
    [() => globalPool('median' as 'mean'), 'globalPool: kind'],
    [() => blurPool({ size: 0 }), 'blurPool: size'],
    [() => maxout(1, { pieces: 0 }), 'maxout: pieces'],
    [() => lstm(1, { layers: 0 }), 'lstm: layers'],
    [() => gru(1, { dropout: 1 }), 'gru: dropout'],
    [() => gru(1, { output: 'first' as 'last' }), 'gru: output must be "all" or "last"'],
    [() => gruCell(0), 'gruCell: units'],
    [() => learnedConstant([2, 0]), 'learnedConstant: shape'],
  ])('%s', (make, message) => {
    expect(make).toThrow(
      expect.toSatisfy((e) => GanymedeError.is(e, 'GANYMEDE_OPTION') && e.message.startsWith(message)),
    );
  });
});
