import { metricInput } from '@ganymede/core';
import { expect, it } from 'vitest';
import { train } from './train.js';

it('trains a composed GAN: the generator moves towards the data', async () => {
  const run = await train(200, 8, 200);
  try {
    const mean = async (samples: AsyncIterable<{ readonly data: ArrayLike<number | bigint> }>) => {
      for await (const { data } of samples)
        return Array.from(data, Number).reduce((a, b) => a + b, 0) / data.length;
      return Number.NaN;
    };
    const { samples, untrained } = await metricInput(run, { seed: 1 });
    const { images } = await run.dataset.read(Array.from({ length: 200 }, (_, i) => i));
    const real = Array.from(images!.data, Number).reduce((a, b) => a + b, 0) / images!.data.length;
    const before = await mean(untrained!(32));
    const after = await mean(samples(32));
    // Glyphs are mostly dark: that is the first thing a generator learns.
    expect(real).toBeLessThan(-0.5);
    expect(Math.abs(after - real)).toBeLessThan(0.9 * Math.abs(before - real));
    expect(Object.keys(run.algorithm.steps)).toEqual(['discriminator', 'generator']);
  } finally {
    await run.dispose();
  }
});
