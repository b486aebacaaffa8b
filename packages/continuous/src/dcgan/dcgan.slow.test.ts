import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ort } from '@ganymede/backend-ort';
import { createGanymede, type Measurement, type Run } from '@ganymede/core';
import { idx, subset } from '@ganymede/data';
import { classes, fid } from '@ganymede/metrics';
import type { Value } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { continuous } from '../plugin.js';

const shared =
  process.env.GANYMEDE_SHARED ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));
const mnist = `${shared}/data/mnist`;

async function measure(run: Run, metric: typeof fid | typeof classes): Promise<Record<string, Measurement>> {
  const results = await metric().measure({
    dataset: run.dataset,
    backend: run.backend,
    state: await run.state.snapshot(),
    seed: 1,
    async *samples(count, seed = 1) {
      for await (const { images } of run.sampleBatches({ count, seed, batch: 100 })) yield images as Value;
    },
  });
  return Object.fromEntries(results.map((result) => [result.name, result]));
}

/** Channels 32 and 64, three epochs of 10 000 digits. */
describe('dcgan on MNIST', () => {
  it.each([1, 2, 3])('makes every digit, clearly, seed %i', async (seed, ctx) => {
    if (!existsSync(mnist)) ctx.skip(`${mnist} is missing`);
    const data = subset(
      await idx({ images: mnist }),
      Uint32Array.from({ length: 10_000 }, (_, i) => i),
    );
    const ganymede = createGanymede({ plugins: [ort, continuous] });
    const batch = 64;
    const steps = 3 * Math.floor(data.length / batch);
    const run = await ganymede.start('dcgan', { data, options: { width: 32 }, batch, seed, steps });
    try {
      const untrained = (await measure(run, fid)).fid?.value as number;
      const began = performance.now();
      await run.complete();
      const seconds = (performance.now() - began) / 1000;
      const trained = (await measure(run, fid)).fid?.value as number;
      const { classEntropy, confidence } = await measure(run, classes);
      console.log(
        `seed ${seed}: ${steps} steps in ${seconds.toFixed(0)} s, class entropy ${classEntropy?.value.toFixed(3)}, ` +
          `confidence ${confidence?.value.toFixed(3)}, FID* ${trained.toFixed(1)} of ${untrained.toFixed(1)} untrained ` +
          `(${((100 * trained) / untrained).toFixed(1)} %), classifier accuracy ${classEntropy?.provenance.classifierAccuracy}`,
      );
      expect(classEntropy?.value).toBeGreaterThan(2.0);
      expect(confidence?.value).toBeGreaterThan(0.8);
      expect(trained).toBeLessThan(0.25 * untrained);
    } finally {
      await run.dispose();
    }
  });
});
