import { createRng } from '@ganymede/core';
import { type Value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { gaussianDensity, mixtureDensity, uniformDensity } from './density.js';
import { densityDivergences } from './density-divergences.js';
import { gaussianDivergences } from './gaussian-divergences.js';
import { histogramDivergences } from './histogram-divergences.js';
import { nearestNeighbourKl } from './nearest-neighbour-kl.js';
import { parallelLines } from './parallel-lines.js';

const p = { mean: 0, std: 1 };
const q = { mean: 1, std: 1.5 };

const normals = (name: string, count: number, size = 1, mean = 0, std = 1): Value =>
  createRng(1).child(name).draw([count, size], { kind: 'normal', mean, std });

describe('parallelLines', () => {
  it.each([
    [0, 0, 0, 0, 0],
    [0.1, 0.1, Math.LN2, Number.POSITIVE_INFINITY, 1],
    [-3, 3, Math.LN2, Number.POSITIVE_INFINITY, 1],
  ])('theta %f: W1 %f, JS %f, KL %f, TV %f', (theta, w1, js, kl, tv) => {
    expect(parallelLines(theta)).toEqual({ w1, js, kl, reverseKl: kl, tv });
  });
});

describe('gaussianDivergences', () => {
  it('N(0, 1) and N(1, 1.5) are apart by the known numbers', () => {
    const apart = gaussianDivergences(p, q);
    expect(apart.kl).toBeCloseTo(0.34991, 6);
    expect(apart.reverseKl).toBeCloseTo(0.719535, 6);
    expect(apart.js).toBeCloseTo(0.0992901, 7);
    expect(apart.tv).toBeCloseTo(0.346123, 6);
    // E |N(1, 0.5²)|, as both quantile functions are straight: a folded normal's mean.
    expect(apart.w1).toBeCloseTo(1.008491, 6);
  });

  it('equal ones are not apart, swapped ones swap KL alone', () => {
    for (const x of Object.values(gaussianDivergences(q, q))) expect(Math.abs(x)).toBeLessThan(1e-12);
    const [there, back] = [gaussianDivergences(p, q), gaussianDivergences(q, p)];
    expect(back.kl).toBe(there.reverseKl);
    expect(back.js).toBeCloseTo(there.js, 12);
    expect(back.w1).toBeCloseTo(there.w1, 12);
  });

  it('refuses a standard deviation of 0', () => {
    expect(() => gaussianDivergences(p, { mean: 0, std: 0 })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_OPTION' }),
    );
  });
});

describe('densityDivergences', () => {
  it('agrees with the closed form of KL', () => {
    const numeric = densityDivergences(gaussianDensity(0, 1), gaussianDensity(1, 1.5));
    expect(numeric.kl).toBeCloseTo(gaussianDivergences(p, q).kl, 9);
    expect(numeric.reverseKl).toBeCloseTo(gaussianDivergences(p, q).reverseKl, 9);
  });

  it('disjoint uniforms: KL infinite, JS log 2, TV 1, W1 the way', () => {
    const apart = densityDivergences(uniformDensity(0, 1), uniformDensity(3, 4));
    expect(apart.kl).toBe(Number.POSITIVE_INFINITY);
    expect(apart.reverseKl).toBe(Number.POSITIVE_INFINITY);
    expect(apart.js).toBeCloseTo(Math.LN2, 10);
    expect(apart.tv).toBeCloseTo(1, 10);
    expect(apart.w1).toBeCloseTo(3, 8);
  });

  it('U[0, 1] and U[0, 2]: KL log 2 one way, infinite the other; W1 1/2, TV 1/2', () => {
    const apart = densityDivergences(uniformDensity(0, 1), uniformDensity(0, 2));
    expect(apart.kl).toBeCloseTo(Math.LN2, 10);
    expect(apart.reverseKl).toBe(Number.POSITIVE_INFINITY);
    expect(apart.w1).toBeCloseTo(0.5, 8);
    expect(apart.tv).toBeCloseTo(0.5, 10);
  });

  it('a mixture of one part is the part; of two far parts, half of it is log 2 away', () => {
    const two = mixtureDensity([
      { share: 0.5, density: gaussianDensity(-2, 0.3) },
      { share: 0.5, density: gaussianDensity(2, 0.3) },
    ]);
    const own = gaussianDensity(2, 0.3);
    expect(densityDivergences(own, two).kl).toBeCloseTo(Math.LN2, 6);
    expect(densityDivergences(own, mixtureDensity([{ share: 1, density: own }])).js).toBeLessThan(1e-12);
  });

  it('refuses too few sub-intervals', () => {
    expect(() => densityDivergences(gaussianDensity(0, 1), gaussianDensity(0, 1), { count: 1 })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_OPTION' }),
    );
  });
});

describe('histogramDivergences', () => {
  it('counts cells by hand: 3 and 1 of 4 against 1 and 3', () => {
    const a = valueOf([0, 0, 0, 1], [4, 1]);
    const b = valueOf([0, 1, 1, 1], [4, 1]);
    const { kl, js, tv, cells, jsBias } = histogramDivergences(a, b, { bins: 2 });
    expect(kl).toBeCloseTo(0.5 * Math.log(3), 12);
    expect(js).toBeCloseTo(0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), 12);
    expect(tv).toBe(0.5);
    expect(cells).toBe(2);
    expect(jsBias).toBeCloseTo((1 / 8) * (1 / 2), 12);
  });

  it('two samples of one law, spread evenly, are apart by the stated bias', () => {
    const even = (name: string): Value => createRng(1).child(name).draw([2000, 2], { kind: 'uniform' });
    const values = Array.from({ length: 20 }, (_, i) => {
      const { js, jsBias } = histogramDivergences(even(`a${i}`), even(`b${i}`), { bins: 8 });
      return js / jsBias;
    });
    // Each is χ² of 63 degrees over 63: the mean of 20 varies by 0.04.
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.12);
  });

  it('many samples of two Gaussians: JS and TV as by quadrature, less what cells hide', () => {
    const { js, tv, jsBias } = histogramDivergences(normals('p', 50_000), normals('q', 50_000, 1, 1, 1.5), {
      bins: 60,
    });
    expect(Math.abs(js - jsBias - 0.09929)).toBeLessThan(0.004);
    expect(Math.abs(tv - 0.346123)).toBeLessThan(0.01);
  });

  it('disjoint samples: JS log 2, TV 1, KL infinite', () => {
    const { js, tv, kl } = histogramDivergences(valueOf([0, 0.1], [2, 1]), valueOf([5, 5.1], [2, 1]));
    expect(js).toBeCloseTo(Math.LN2, 12);
    expect(tv).toBeCloseTo(1, 12);
    expect(kl).toBe(Number.POSITIVE_INFINITY);
  });

  it('refuses three columns, no samples, no bins', () => {
    const x = valueOf([1, 2, 3], [1, 3]);
    expect(() => histogramDivergences(x, x)).toThrow(/1 or 2 columns/);
    const none = valueOf([], [0, 2]);
    expect(() => histogramDivergences(none, none)).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_TOO_FEW_SAMPLES' }),
    );
    const y = valueOf([1], [1, 1]);
    expect(() => histogramDivergences(y, y, { bins: 0 })).toThrow(/bins/);
  });
});

describe('nearestNeighbourKl', () => {
  it('finds KL of two Gaussians both ways', () => {
    const [a, b] = [normals('p', 2000), normals('q', 2000, 1, 1, 1.5)];
    expect(nearestNeighbourKl(a, b)).toBeCloseTo(0.34991, 1);
    expect(nearestNeighbourKl(b, a)).toBeGreaterThan(0.55);
    expect(nearestNeighbourKl(b, a)).toBeLessThan(0.85);
    expect(Math.abs(nearestNeighbourKl(a, normals('other', 2000)))).toBeLessThan(0.05);
  });

  it('equals the formula by hand', () => {
    const a = valueOf([0, 1, 3], [3, 1]);
    const b = valueOf([2, 7], [2, 1]);
    // k 1: distances to b 2, 1, 1; to the nearest other of a 1, 1, 2.
    const byHand = (Math.log(2) + Math.log(1) + Math.log(1 / 2)) / 3 + Math.log(2 / 2);
    expect(nearestNeighbourKl(a, b, { k: 1 })).toBeCloseTo(byHand, 12);
  });

  it('is infinite for a generator that repeats itself, and refuses too few samples', () => {
    const same = valueOf(new Array<number>(20).fill(1), [10, 2]);
    expect(nearestNeighbourKl(same, normals('b', 10, 2))).toBe(Number.POSITIVE_INFINITY);
    expect(() => nearestNeighbourKl(normals('a', 5), normals('b', 5))).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_TOO_FEW_SAMPLES' }),
    );
    expect(() => nearestNeighbourKl(same, same, { k: 0 })).toThrow(/k to be a whole number/);
  });
});
