import { expect, it } from 'vitest';
import { createRng } from '@ganymede/core';
import { type WorldName, worldOf } from '@ganymede/data';
import { numbersOf } from '@ganymede/tensor';
import { type Mixture, modeScores } from './mode-scores.js';

const mixtureOf = (name: WorldName): Mixture => {
  const { centres, sigma } = worldOf(name, { scaling: 'veegan' });
  return { centres, std: sigma };
};
const [ringMixture, gridMixture] = [mixtureOf('ring'), mixtureOf('grid')];

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

it('2500 points of the grid itself score 25 of 25 and 98.889 %, as often in each mode', () => {
  const draw = (call: number) =>
    numbersOf(worldOf('grid', { scaling: 'veegan' }).draw(2500, createRng(5), call));
  const scores = Array.from({ length: 20 }, (_, call) => modeScores(draw(call), gridMixture));
  for (const { captured, reverseKl } of scores) {
    expect(captured).toBe(25);
    expect(reverseKl).toBeLessThan(0.001);
  }
  // 1 - exp(-9/2), within 3 standard errors of 50 000 points.
  const mean = scores.reduce((sum, { highQuality }) => sum + highQuality, 0) / scores.length;
  expect(Math.abs(mean - 0.98889)).toBeLessThan(0.0014);
});

it('reverse KL: log 8 for one mode of eight, log 2 for half of them, by hand for 3 to 1', () => {
  const at = (modes: readonly number[]) =>
    modeScores(
      modes.flatMap((mode) => ringMixture.centres[mode] as readonly [number, number]),
      ringMixture,
    ).reverseKl;
  expect(at([3, 3, 3])).toBeCloseTo(Math.log(8), 12);
  expect(at([0, 2, 4, 6])).toBeCloseTo(Math.log(2), 12);
  expect(at([0, 1, 2, 3, 4, 5, 6, 7])).toBeCloseTo(0, 12);
  expect(at([0, 0, 0, 1])).toBeCloseTo(0.75 * Math.log(6) + 0.25 * Math.log(2), 12);
  expect(modeScores([9, 9], ringMixture).reverseKl).toBeUndefined();
});

it('refuses half a point', () => {
  expect(() => modeScores([1, 2, 3], ringMixture)).toThrow(/2 numbers each/);
});
