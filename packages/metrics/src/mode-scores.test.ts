import { expect, it } from 'vitest';
import { gridMixture, modeScores, ringMixture } from './mode-scores.js';

it('counts a point within 3 standard deviations of its nearest centre, by distance', () => {
  const just = 0.15 / Math.SQRT2;
  const inside = [2 + just * 0.999, 2 - just * 0.999];
  const outside = [just * 1.001, just * 1.001];
  const scores = modeScores([...inside, ...outside], gridMixture);
  expect(scores).toMatchObject({ captured: 1, highQuality: 0.5 });
  expect(scores.perMode[18]).toBe(1);
});

it('every centre of a mixture is captured by itself', () => {
  for (const mixture of [ringMixture, gridMixture]) {
    const scores = modeScores(mixture.centres.flat(), mixture);
    expect(scores).toMatchObject({ captured: mixture.centres.length, highQuality: 1 });
  }
});

it('the centres are those of the protocol', () => {
  expect(gridMixture.centres[0]).toEqual([-4, -4]);
  expect(gridMixture.centres[24]).toEqual([4, 4]);
  expect(ringMixture.centres.every(([x, y]) => Math.abs(Math.hypot(x, y) - 1) < 1e-12)).toBe(true);
});

it('points that are not finite are of no mode', () => {
  expect(modeScores([Number.NaN, 0, Number.POSITIVE_INFINITY, 0], ringMixture)).toMatchObject({
    captured: 0,
    highQuality: 0,
  });
});

it('refuses half a point', () => {
  expect(() => modeScores([1, 2, 3], ringMixture)).toThrow(/2 numbers each/);
});
