import { expect, it } from 'vitest';
import { lossCurves } from './loss-curves.js';

it('draws losses and the other metrics in panels of their own', async () => {
  const points = Array.from({ length: 30 }, (_, i) => ({
    iteration: i + 1,
    metrics: { generatorLoss: 1 / (i + 1), accuracy: i / 30 },
  }));
  const svg = await lossCurves(points, 'a run');
  expect(svg).toMatch(/^<svg /);
  for (const text of ['a run', 'generatorLoss', 'accuracy', 'iteration']) expect(svg).toContain(`>${text}<`);
  expect(svg).not.toMatch(/NaN|undefined/);
});

it('draws an empty picture of no iterations', async () => {
  const svg = await lossCurves([], 'nothing yet');
  expect(svg).toContain('>nothing yet<');
});
