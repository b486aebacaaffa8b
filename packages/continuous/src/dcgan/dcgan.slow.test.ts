import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ort } from '@ganymede/backend-ort';
import { createGanymede, metricInput } from '@ganymede/core';
import { idx, subset } from '@ganymede/data';
import { classes, fid } from '@ganymede/metrics';
import { describe, expect, it } from 'vitest';
import { continuous } from '../plugin.js';

const shared =
  process.env.GANYMEDE_SHARED ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));
const mnist = `${shared}/data/mnist`;

/** Channels 32 and 64, three epochs of 10 000 digits. The classifier of the figures is trained until it is sure of real digits. */
describe('dcgan on MNIST', () => {
  for (const seed of [1, 2, 3]) {
    it(`makes every digit, clearly, seed ${seed}`, async (ctx) => {
      if (!existsSync(mnist)) ctx.skip(`${mnist} is missing`);
      const data = subset(
        await idx({ images: mnist }),
        Uint32Array.from({ length: 10_000 }, (_, i) => i),
      );
      const batch = 64;
      const steps = 3 * Math.floor(data.length / batch);
      const ganymede = createGanymede({ plugins: [ort, continuous] });
      const run = await ganymede.start('dcgan', { data, options: { width: 32 }, batch, seed, steps });
      try {
        const began = performance.now();
        await run.complete();
        const seconds = (performance.now() - began) / 1000;
        const input = await metricInput(run, { seed: 1, batch: 100 });
        const classifier = { steps: 1200 };
        const measured = [
          ...(await classes({ classifier }).measure(input)),
          ...(await fid({ classifier, untrained: true }).measure(input)),
        ];
        const figures = Object.fromEntries(measured.map(({ name, value }) => [name, value]));
        console.log(
          `seed ${seed}: ${steps} steps in ${seconds.toFixed(0)} s`,
          figures,
          measured[0]?.provenance.classifierAccuracy,
        );
        expect(figures.classEntropy).toBeGreaterThan(2.0);
        expect(figures.confidence).toBeGreaterThan(0.8);
        expect(figures.fidRatio).toBeLessThan(0.25);
      } finally {
        await run.dispose();
      }
    });
  }
});
