import { createRng } from '@ganymede/core';
import { numbersOf, type Value } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { relu } from './activations.js';
import { dense } from './dense.js';
import { equalizedLearningRate } from './equalized-learning-rate.js';

const variance = (x: readonly number[]): number => x.reduce((sum, v) => sum + v * v, 0) / x.length;

describe('equalizedLearningRate', () => {
  it('stores N(0, 1 / rateMultiplier²) and a bias that is used as it was given', () => {
    const layer = equalizedLearningRate(dense(64, { biasInit: 1 }), { rateMultiplier: 0.01 });
    const { kernel, bias } = layer.init(createRng(1), ['N', 64]) as { kernel: Value; bias: Value };
    expect(variance(numbersOf(kernel)) / 1e4).toBeCloseTo(1, 1);
    expectClose(bias, new Array<number>(64).fill(100), 1e-5);
  });

  it('keeps the variance of its inputs by gain 1, whatever the multiplier and the width', () => {
    for (const [width, rateMultiplier] of [
      [16, 1],
      [256, 0.01],
    ] as const) {
      const layer = equalizedLearningRate(dense(256), { gain: 1, rateMultiplier });
      const bench = createWorkbench();
      const variables = bench.symbols(layer.init(createRng(3), ['N', width]), 'v');
      const x = bench.symbol('x', createRng(4).draw([64, width], { kind: 'normal' }));
      const [y] = bench.evaluate([layer.apply(variables, x, bench.ctx)]);
      expect(Math.abs(variance(numbersOf(y as Value)) - 1)).toBeLessThan(0.15);
    }
  });

  it('refuses a layer without a kernel, and gains that make no sense', () => {
    expect(() => equalizedLearningRate(relu()).init(createRng(1), [1, 2])).toThrow(
      'equalizedLearningRate: the layer "relu" has no variable "kernel"',
    );
    expect(() => equalizedLearningRate(dense(1), { gain: 0 })).toThrow('gain must be above 0, received 0');
  });
});
