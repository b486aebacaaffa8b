import { ort } from '@ganymede/backend-ort';
import { continuous } from '@ganymede/continuous';
import { createGanymede, type Measurement, metricInput, type Run } from '@ganymede/core';
import { world } from '@ganymede/data';
import { expect, it } from 'vitest';
import { games } from '../src/index.js';

const ganymede = createGanymede({ plugins: [ort, continuous, games] });

const start = (): Promise<Run> =>
  ganymede.start('toy', {
    data: world({ name: 'ring', count: 2000 }),
    options: { loss: 'ns', width: 16, depth: 2 },
    batch: 64,
    seed: 3,
    steps: 20,
  });

it('the duality gap is measured in the middle of a run, which goes on as if nothing had happened', async () => {
  const [plain, probed] = [await start(), await start()];
  const measured: (readonly Measurement[])[] = [];
  try {
    await plain.complete();
    const metric = ganymede.make('metric', 'duality-gap', { steps: 20, batches: 4 });
    for await (const event of probed.advance())
      if (event.type === 'step' && event.iteration % 10 === 0)
        measured.push(await metric.measure(await metricInput(probed, { seed: 5 })));
    expect(measured).toHaveLength(2);
    for (const [gap, d, g] of measured) {
      expect([gap?.name, d?.name, g?.name]).toEqual(['dualityGap', 'discriminatorGain', 'generatorGain']);
      expect(gap?.value).toBeGreaterThan(0.01);
      expect(gap?.value).toBeCloseTo((d?.value as number) + (g?.value as number), 10);
    }
    expect(probed.iteration).toBe(20);
    expect(await probed.state.snapshot()).toEqual(await plain.state.snapshot());
  } finally {
    await plain.dispose();
    await probed.dispose();
  }
});
