import { createRng, treePaths } from '@ganymede/core';
import { input } from '@ganymede/tensor';
import { createWorkbench, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { leakyRelu, relu, tanh } from './activations.js';
import { batchNorm } from './batch-norm.js';
import { conv2d } from './conv2d.js';
import { convTranspose2d } from './conv-transpose2d.js';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { flatten, reshape } from './reshape.js';
import { sequential } from './sequential.js';
import { spectralNorm } from './spectral-norm.js';

const up = () => convTranspose2d(2, { kernel: 4, stride: 2, bias: false });
const generator = () =>
  sequential(
    dense(36, { bias: false }),
    reshape([4, 3, 3]),
    batchNorm(),
    relu(),
    up(),
    batchNorm(),
    relu(),
    up(),
    tanh(),
  );
const discriminator = () =>
  sequential(
    spectralNorm(conv2d(3, { kernel: 4, stride: 2 })),
    leakyRelu(0.2),
    spectralNorm(conv2d(4, { kernel: 4, stride: 2 })),
    dropout(0.3),
    leakyRelu(0.2),
    flatten(),
    dense(1),
  );

testNetwork({ name: 'sequential, a generator', create: generator, input: [5], output: [2, 12, 12] });
testNetwork({ name: 'sequential, a discriminator', create: discriminator, input: [2, 12, 12], output: [1] });

describe('sequential', () => {
  it('numbers its layers per kind', () => {
    expect(treePaths(generator().init(createRng(1), ['N', 5]))).toEqual([
      'dense1/kernel',
      'norm1/scale',
      'norm1/bias',
      'norm1/mean',
      'norm1/variance',
      'convTranspose1/kernel',
      'norm2/scale',
      'norm2/bias',
      'norm2/mean',
      'norm2/variance',
      'convTranspose2/kernel',
    ]);
    expect(treePaths(discriminator().init(createRng(1), ['N', 2, 12, 12]))).toContain('conv2/u');
    expect(discriminator().buffers).toEqual(['conv1/u', 'conv2/u']);
  });

  it('nests as block1, block2, …', () => {
    const block = sequential(dense(2), relu());
    const network = sequential(block, block, dense(1));
    expect(treePaths(network.init(createRng(1), ['N', 3]))).toEqual([
      'block1/dense1/kernel',
      'block1/dense1/bias',
      'block2/dense1/kernel',
      'block2/dense1/bias',
      'dense1/kernel',
      'dense1/bias',
    ]);
  });

  it('keeps height and width named where the layers allow it', () => {
    const network = sequential(conv2d(2, { kernel: 3 }), relu(), up());
    const bench = createWorkbench({ dtype: 'float32' });
    const variables = bench.symbols(network.init(createRng(1), ['N', 1, 'H', 'W']), 'v');
    expect(network.apply(variables, input('x', ['N', 1, 'H', 'W']), bench.ctx).shape).toEqual([
      'N',
      2,
      'H*2',
      'W*2',
    ]);
  });
});
