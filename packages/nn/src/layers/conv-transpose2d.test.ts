import { testNetwork } from '@ganymede/testing';
import { describe, it } from 'vitest';
import { expectFixture } from '../../test/fixture.js';
import { convTranspose2d } from './conv-transpose2d.js';

testNetwork({
  name: 'convTranspose2d k4 s2',
  create: () => convTranspose2d(3, { kernel: 4, stride: 2 }),
  input: [2, 3, 4],
  output: [3, 6, 8],
});
testNetwork({
  name: 'convTranspose2d k5 s2',
  create: () => convTranspose2d(2, { kernel: 5, stride: 2, bias: false }),
  input: [2, 7, 7],
  output: [2, 14, 14],
});
testNetwork({
  name: 'convTranspose2d k2 s3',
  create: () => convTranspose2d(2, { kernel: 2, stride: 3 }),
  input: [1, 2, 3],
  output: [2, 6, 9],
});

describe('convTranspose2d has the outputs and gradients of PyTorch', () => {
  it.each([
    ['transposed k4 s2 same', convTranspose2d(2, { kernel: 4, stride: 2 })],
    ['transposed k5 s2 same', convTranspose2d(1, { kernel: 5, stride: 2 })],
    ['transposed k3 s1 same', convTranspose2d(2, { kernel: 3 })],
    ['transposed k1 s2 same', convTranspose2d(2, { kernel: 1, stride: 2 })],
    ['transposed k4 s2 valid', convTranspose2d(2, { kernel: 4, stride: 2, padding: 'valid' })],
  ])('%s', (name, network) => void expectFixture(name, network));
});
