import { createRng } from '@ganymede/core';
import { numbersOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { type WorldName, type WorldOptions, worldNames, worldOf } from './index.js';

const rng = createRng(1);

function points(name: WorldName, count: number, options: WorldOptions = {}, call = 0) {
  const numbers = numbersOf(worldOf(name, options).draw(count, rng, call));
  return Array.from(
    { length: count },
    (_, i) => [numbers[2 * i] as number, numbers[2 * i + 1] as number] as const,
  );
}
const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;

it.each(worldNames)('%s: calls are draws of their own, a longer draw begins with the shorter one', (name) => {
  expect(points(name, 20).slice(0, 10)).toEqual(points(name, 10));
  expect(points(name, 10, {}, 1)).not.toEqual(points(name, 10));
  expect(points(name, 10, {}, 1)).toEqual(points(name, 10, {}, 1));
});

it.each(worldNames)('%s: no coordinate is further out than the extent and the noise', (name) => {
  const { extent, sigma } = worldOf(name);
  const largest = Math.max(...points(name, 5000).flat().map(Math.abs));
  expect(largest).toBeLessThan(extent + 5 * sigma + 1e-6);
  expect(largest).toBeGreaterThan(0.95 * extent);
});

describe('two-moons', () => {
  it('lies on two half circles of radius 1, within the noise', () => {
    const offsets = points('two-moons', 4000).map(([x, y], i) =>
      i % 2 === 0 ? Math.hypot(x, y) - 1 : Math.hypot(x - 1, y - 0.5) - 1,
    );
    // 0.05 along the radius; across it the noise moves points along the circle but for the ends.
    expect(Math.sqrt(mean(offsets.map((d) => d * d)))).toBeCloseTo(0.05, 2);
    expect(Math.abs(mean(offsets))).toBeLessThan(0.005);
  });

  it('has its means at (0, 2/π) and (1, 1/2 - 2/π)', () => {
    const all = points('two-moons', 20_000);
    const of = (moon: number, axis: 0 | 1) => mean(all.filter((_, i) => i % 2 === moon).map((p) => p[axis]));
    expect(of(0, 0)).toBeCloseTo(0, 1);
    expect(of(0, 1)).toBeCloseTo(2 / Math.PI, 1);
    expect(of(1, 0)).toBeCloseTo(1, 1);
    expect(of(1, 1)).toBeCloseTo(0.5 - 2 / Math.PI, 1);
  });
});

describe('parallel-lines', () => {
  it('has pairs of one height at distance theta', () => {
    const all = points('parallel-lines', 1000, { theta: -0.75 });
    for (let i = 0; i < 1000; i += 2) {
      expect(all[i]?.[0]).toBe(0);
      expect(all[i + 1]).toEqual([-0.75, all[i]?.[1]]);
    }
    const heights = all.map(([, y]) => y);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...heights)).toBeLessThan(1);
    expect(mean(heights)).toBeCloseTo(0.5, 1);
  });

  it('an odd count ends with the first of a pair', () => {
    expect(points('parallel-lines', 3)).toHaveLength(3);
  });
});

describe('two-gaussians', () => {
  it('has variance 4.09 along x and 0.09 along y', () => {
    const all = points('two-gaussians', 20_000);
    expect(mean(all.map(([x]) => x * x))).toBeCloseTo(4.09, 1);
    expect(mean(all.map(([, y]) => y * y))).toBeCloseTo(0.09, 2);
  });
});

describe('worldOf', () => {
  it('lists the known worlds for an unknown one', () => {
    expect(() => worldOf('swiss-rol' as WorldName)).toThrow(
      expect.objectContaining({
        code: 'GANYMEDE_DATA_WORLD',
        message: expect.stringContaining('ring, grid, swiss-roll, two-moons, parallel-lines, two-gaussians'),
        hint: 'did you mean "swiss-roll"?',
      }),
    );
    expect(() => worldOf('toString' as WorldName)).toThrow(/no world "toString"/);
  });

  it('refuses a scaling that does not exist', () => {
    expect(() => worldOf('ring', { scaling: 'pacgan' as 'veegan' })).toThrow(/no scaling "pacgan"/);
  });
});
