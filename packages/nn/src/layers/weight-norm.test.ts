import { createRng } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { relu } from './activations.js';
import { convTranspose2d } from './conv-transpose2d.js';
import { dense } from './dense.js';
import { weightNorm } from './weight-norm.js';
import { parametersOf } from '../variables.js';

describe('weightNorm', () => {
  it.each([
    ['dense', dense(3), [2, 4]],
    ['convTranspose2d', convTranspose2d(3, { kernel: 4, stride: 2 }), [2, 4, 2, 2]],
  ] as const)('starts as the layer itself: %s', (_, layer, shape) => {
    const bench = createWorkbench();
    const x = bench.symbol('x', createRng(2).draw(shape, { kind: 'normal' }));
    const normed = bench.symbols(weightNorm(layer).init(createRng(1), shape), 'normed');
    const plain = bench.symbols(layer.init(createRng(1), shape), 'plain');
    const [a, b] = bench.evaluate([
      weightNorm(layer).apply(normed, x, bench.ctx),
      layer.apply(plain, x, bench.ctx),
    ]);
    // The gain is kept as float32.
    expectClose(a as Value, b as Value, 1e-6);
  });

  it('keeps a gain that is not learned among the buffers', () => {
    const network = weightNorm(dense(3), { learned: false });
    expect(network.buffers).toEqual(['gain']);
    expect(weightNorm(dense(3)).buffers).toEqual([]);
    expect(Object.keys(parametersOf(network, network.init(createRng(1), [2, 4])))).toEqual([
      'kernel',
      'bias',
    ]);
  });

  it('refuses a layer without a kernel', () => {
    expect(() => weightNorm(relu()).init(createRng(1), [1, 2])).toThrow(
      'weightNorm: the layer "relu" has no variable "kernel"',
    );
  });
});
