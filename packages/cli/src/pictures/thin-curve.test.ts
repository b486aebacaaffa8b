import { expect, it } from 'vitest';
import { thinCurve } from './thin-curve.js';

const point = (iteration: number, metrics: Record<string, number>) => ({ iteration, metrics });

it('leaves a short curve alone', () => {
  const points = [point(1, { a: 1 }), point(2, { a: 2 })];
  expect(thinCurve(points, 2)).toBe(points);
  expect(thinCurve([], 2)).toEqual([]);
});

it('replaces neighbours by their means at the last one, each metric where it was reported', () => {
  const points = [
    point(1, { a: 1 }),
    point(2, { a: 3 }),
    point(3, { b: 5 }),
    point(4, { a: 7, b: 7 }),
    point(5, { a: 9 }),
  ];
  expect(thinCurve(points, 3)).toEqual([point(2, { a: 2 }), point(4, { a: 7, b: 6 }), point(5, { a: 9 })]);
});

it('keeps to the resolution and to the end of the curve', () => {
  const points = Array.from({ length: 10_001 }, (_, i) => point(i + 1, { a: i }));
  const thin = thinCurve(points, 450);
  expect(thin.length).toBeLessThanOrEqual(450);
  expect(thin.length).toBeGreaterThan(225);
  expect(thin.at(-1)?.iteration).toBe(10_001);
});
