import { createRng } from '@ganymede/core';
import { expect, it } from 'vitest';
import { bootstrap, bootstrapAround, bootstrapMean, meanAt, meanOfValues, quantile } from './bootstrap.js';

const rng = createRng(2);
const draws = (count: number, name: string) =>
  rng.child(name).draw([count], { kind: 'normal' }).data as Float32Array;

it('the interval of a mean is the normal one, to the noise of 2000 resamples', () => {
  const values = draws(400, 'values');
  const interval = bootstrapMean(values, rng, { resamples: 2000 });
  const mean = meanOfValues(values);
  const error = Math.sqrt(meanOfValues(values.map((x) => (x - mean) ** 2)) / 400);
  expect(interval?.low).toBeCloseTo(mean - 1.96 * error, 1.9);
  expect(interval?.high).toBeCloseTo(mean + 1.96 * error, 1.9);
  const around = bootstrapAround(mean, [400], ([set]) => meanAt(values, set as Int32Array), rng, {
    resamples: 2000,
    least: -1,
  });
  expect(((around?.high as number) - mean) / (1.959964 * error)).toBeCloseTo(1, 1);
});

it('holds the true mean in 95 of 100 sets', () => {
  let held = 0;
  for (let i = 0; i < 200; i++) {
    const interval = bootstrapMean(draws(60, `set-${i}`), rng.child(`boot-${i}`), { resamples: 200 });
    if (interval !== undefined && interval.low <= 0 && interval.high >= 0) held += 1;
  }
  expect(held / 200).toBeGreaterThan(0.88);
  expect(held / 200).toBeLessThan(0.99);
});

it('is the same for the same seed, and none for no resamples or one sample', () => {
  const values = draws(30, 'same');
  expect(bootstrapMean(values, createRng(1))).toEqual(bootstrapMean(values, createRng(1)));
  expect(bootstrapMean(values, rng, { resamples: 0 })).toBeUndefined();
  expect(bootstrapMean([1], rng)).toBeUndefined();
  expect(bootstrapMean([1, Number.POSITIVE_INFINITY], rng)).toBeUndefined();
  expect(() => bootstrap([5], () => 0, rng, { resamples: 3 })).toThrow('at least 20 resamples');
});

it('quantiles lie linearly between the numbers', () => {
  expect([0, 0.25, 0.5, 1].map((q) => quantile([1, 2, 3, 5], q))).toEqual([1, 1.75, 2.5, 5]);
});
