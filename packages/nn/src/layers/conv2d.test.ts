import { createRng } from '@ganymede/core';
import { input } from '@ganymede/tensor';
import { createWorkbench, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { expectFixture } from '../../test/fixture.js';
import { conv2d } from './conv2d.js';

testNetwork({
  name: 'conv2d',
  create: () => conv2d(3, { kernel: 4, stride: 2 }),
  input: [2, 6, 4],
  output: [3, 3, 2],
});
testNetwork({
  name: 'conv2d, valid, no bias',
  create: () => conv2d(2, { kernel: [2, 3], padding: 'valid', bias: false }),
  input: [1, 4, 5],
  output: [2, 3, 3],
});

describe('conv2d has the outputs and gradients of PyTorch', () => {
  it.each([
    ['conv k3 s1 same', conv2d(3, { kernel: 3 })],
    ['conv k4 s2 same', conv2d(3, { kernel: 4, stride: 2 })],
    ['conv k5 s2 same, even', conv2d(2, { kernel: 5, stride: 2 })],
    ['conv k4 s2 same, odd', conv2d(2, { kernel: 4, stride: 2 })],
    ['conv k2x3 valid', conv2d(2, { kernel: [2, 3], padding: 'valid' })],
    ['conv k3 s2 pad 2', conv2d(2, { kernel: 3, stride: 2, padding: 2 })],
  ])('%s', (name, network) => void expectFixture(name, network));
});

describe('conv2d', () => {
  it('halves every size up to rounding with stride 2', () => {
    const layer = conv2d(1, { kernel: 5, stride: 2 });
    const bench = createWorkbench();
    for (const [size, half] of [
      [8, 4],
      [7, 4],
      [1, 1],
    ] as const) {
      const variables = bench.symbols(layer.init(createRng(1), [1, 1, size, size]), `v${size}`);
      expect(layer.apply(variables, input('x', [1, 1, size, size], 'float64'), bench.ctx).shape).toEqual([
        1,
        1,
        half,
        half,
      ]);
    }
  });

  it('refuses vectors, and says what to do', () => {
    expect(() => conv2d(1, { kernel: 3 }).init(createRng(1), ['N', 100])).toThrow(
      'conv2d: expected an input [batch, channels, height, width], got [N, 100]\n  put reshape([channels, height, width]) before it',
    );
  });
});
