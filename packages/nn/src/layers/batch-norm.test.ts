import { createRng } from '@ganymede/core';
import { type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { expectFixture, layerFixture, unpack } from '../../test/fixture.js';
import { batchNorm } from './batch-norm.js';

testNetwork({ name: 'batchNorm, 2-D', create: () => batchNorm(), input: [3], output: [3] });
testNetwork({ name: 'batchNorm, 4-D', create: () => batchNorm(), input: [3, 4, 2], output: [3, 4, 2] });

describe('batchNorm', () => {
  it.each(['norm 2-D', 'norm 4-D'])(
    'normalizes by the batch as PyTorch and moves its statistics: %s',
    (name) => {
      const running = { mean: valueOf([1, 2, 3].slice(0, layerFixture(name).variables.scale?.shape[0])) };
      const extra = { ...running, variance: valueOf(running.mean.shape[0] === 3 ? [4, 5, 6] : [4, 5]) };
      const bench = expectFixture(name, batchNorm({ momentum: 0.75 }), { training: true, extra });
      for (const key of ['mean', 'variance'] as const) {
        const [next] = bench.evaluate([bench.bufferUpdates.get(key) as Tensor]);
        const batch = layerFixture(name)[key]?.data ?? [];
        const old = Array.from(extra[key].data as Float32Array);
        expectClose(
          next as Value,
          batch.map((b, i) => 0.75 * (old[i] as number) + 0.25 * b),
          1e-8,
          key,
        );
      }
    },
  );

  it('normalizes by the running statistics outside training', () => {
    const { mean, variance } = layerFixture('norm inference');
    const extra = { mean: unpack(mean as never), variance: unpack(variance as never) };
    expectFixture('norm inference', batchNorm(), { extra });
  });

  it('is steady in float32 where the mean is far from 0', () => {
    const bench = createWorkbench({ training: true, dtype: 'float32' });
    const noise = createRng(1).draw([256, 1], { kind: 'normal' });
    const x = bench.symbol(
      'x',
      valueOf(
        Array.from(noise.data as Float32Array, (v) => 1000 + v),
        [256, 1],
      ),
    );
    const variables = bench.symbols(batchNorm().init(createRng(1), [256, 1]), 'v');
    const y = batchNorm().apply(variables, x, bench.ctx);
    const [spread, offset] = bench.evaluate([y.square().mean(), y.mean()]);
    expectClose(spread as Value, 1, 1e-3, 'variance');
    expectClose(offset as Value, 0, 1e-3, 'mean');
  });

  it('refuses an input without channels', () => {
    expect(() => batchNorm().init(createRng(1), ['N'])).toThrow('batchNorm: expected [batch, features] or');
  });
});
