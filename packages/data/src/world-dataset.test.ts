import { testDataset } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { world } from './world-dataset.js';
import { worldNames } from './worlds/index.js';

for (const name of worldNames) {
  testDataset({ name: `world ${name}`, create: () => world({ name, count: 500 }), modules: [world] });
}
testDataset({
  name: 'world grid (veegan)',
  create: () => world({ name: 'grid', count: 500, scaling: 'veegan' }),
  modules: [world],
});

async function pointsOf(dataset: ReturnType<typeof world>) {
  const { points } = await dataset.read(Array.from({ length: dataset.length }, (_, i) => i));
  const data = points!.data as Float32Array;
  return Array.from({ length: dataset.length }, (_, i) => [data[2 * i]!, data[2 * i + 1]!] as const);
}

describe('world', () => {
  it.each([
    ['ring', 'wgan-gp', 8, 2000 / 1414, 20 / 1414],
    ['ring', 'veegan', 8, 1, 0.01],
    ['grid', 'wgan-gp', 25, Math.hypot(4, 4) / 2.828, 0.05 / 2.828],
    ['grid', 'veegan', 25, Math.hypot(4, 4), 0.05],
  ] as const)('%s of %s: %i modes, farthest at %f, sigma %f', (name, scaling, modes, farthest, sigma) => {
    const dataset = world({ name, scaling, count: 100 });
    expect(dataset.centres).toHaveLength(modes);
    expect(Math.max(...dataset.centres.map(([x, y]) => Math.hypot(x, y)))).toBeCloseTo(farthest, 12);
    expect(dataset.sigma).toBeCloseTo(sigma, 12);
    expect(dataset.fields.labels?.classes).toBe(modes);
  });

  it.each(['ring', 'grid'] as const)(
    '%s: every mode has points, 98.9 %% of them within 3 sigma',
    async (name) => {
      const dataset = world({ name, scaling: 'veegan', count: 25_000 });
      const points = await pointsOf(dataset);
      const owned = new Set<number>();
      let good = 0;
      for (const [x, y] of points) {
        const distances = dataset.centres.map(([a, b]) => Math.hypot(x - a, y - b));
        const nearest = distances.indexOf(Math.min(...distances));
        if (distances[nearest]! > 3 * dataset.sigma) continue;
        good++;
        owned.add(nearest);
      }
      expect(owned.size).toBe(dataset.centres.length);
      // 1 - exp(-9/2) = 0.98889, the share of a 2-D normal within 3 sigma; 3 standard errors of 25 000 draws are 0.002.
      expect(Math.abs(good / 25_000 - 0.98889)).toBeLessThan(0.002);
    },
  );

  it('labels points by their mode', async () => {
    const dataset = world({ name: 'ring', scaling: 'veegan', count: 80 });
    const { labels } = await dataset.read(Array.from({ length: 80 }, (_, i) => i));
    const points = await pointsOf(dataset);
    points.forEach(([x, y], i) => {
      const [a, b] = dataset.centres[labels!.data[i] as number]!;
      expect(Math.hypot(x - a, y - b)).toBeLessThan(0.1);
    });
  });

  it('swiss-roll: the radius equals the angle on the spiral, within the noise', async () => {
    const points = await pointsOf(world({ name: 'swiss-roll', count: 5000 }));
    const radii = points.map(([x, y]) => 7.5 * Math.hypot(x, y));
    expect(Math.min(...radii)).toBeGreaterThan(1.5 * Math.PI - 1.2);
    expect(Math.max(...radii)).toBeLessThan(4.5 * Math.PI + 1.2);
    const offsets = points.map(([x, y], i) => {
      const angle = Math.atan2(y, x);
      const turn = Math.round((radii[i]! - angle) / (2 * Math.PI));
      return radii[i]! - angle - 2 * Math.PI * turn;
    });
    const std = Math.sqrt(offsets.reduce((sum, d) => sum + d * d, 0) / offsets.length);
    // Noise 0.25 along the radius, plus up to 0.25 of angle noise / radius that the turn does not undo.
    expect(std).toBeGreaterThan(0.24);
    expect(std).toBeLessThan(0.27);
  });

  it('a longer set begins with the shorter one, and another seed is another set', async () => {
    const [short, long, other] = await Promise.all(
      [world({ count: 10 }), world({ count: 30 }), world({ count: 10, seed: 2 })].map(pointsOf),
    );
    expect(long?.slice(0, 10)).toEqual(short);
    expect(other).not.toEqual(short);
  });

  it('refuses a world in a scaling that it does not have', () => {
    expect(() => world({ name: 'swiss-roll', scaling: 'veegan' })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_DATA_WORLD' }),
    );
  });

  it.each([[{ count: 0 }], [{ count: 1.5 }], [{ name: 'rings' }], [{ world: 'ring' }]])(
    'refuses %o',
    (options) => {
      expect(() => world(options as { count?: number })).toThrow(
        expect.objectContaining({ code: 'GANYMEDE_OPTION' }),
      );
    },
  );
});
