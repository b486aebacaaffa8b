import { grad, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { expect, it } from 'vitest';
import { baseSamples } from './base-samples.js';

it('baseSamples takes each row from data or model, adds noise, and is differentiable for the model’s', () => {
  const bench = createWorkbench({ training: true });
  const real = bench.symbol('real', valueOf([1, 2, 3, 4], [2, 2]));
  const fake = bench.symbol('fake', valueOf([10, 20, 30, 40], [2, 2]));
  const base = baseSamples(real, fake, bench.ctx, { share: 0.25, noise: 0.5 });
  const feeds = {
    'noise/base': valueOf([0.24, 0.25], [2, 1]),
    'noise/baseNoise': valueOf([0.5, -0.5, 0, 1], [2, 2]),
  };
  const [value, slope] = bench.evaluate([base, ...grad(base.sum(), [fake])], { feeds }) as [Value, Value];
  expectClose(value, [1.5, 1.5, 30, 41], 1e-12, 'samples');
  expectClose(slope, [0, 0, 1, 1], 1e-12, 'gradient');
  expect(bench.noise).toMatchObject([
    { distribution: { kind: 'uniform', low: 0, high: 1 } },
    { distribution: { kind: 'normal', std: 0.5 } },
  ]);
  baseSamples(real, fake, bench.ctx);
  expect(bench.noise[3]).toMatchObject({ distribution: { std: 0.1 } });
});
