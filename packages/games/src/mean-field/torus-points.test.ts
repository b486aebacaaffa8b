import { numbersOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { quadraturePoints, spreadPoints } from './torus-points.js';

const meanOf = (f: (x: readonly number[]) => number, points: ReturnType<typeof spreadPoints>): number => {
  const [count, d] = points.shape as readonly [number, number];
  const flat = numbersOf(points);
  return (
    Array.from({ length: count }, (_, i) => f(flat.slice(i * d, (i + 1) * d))).reduce((a, b) => a + b) / count
  );
};
const density = (x: readonly number[]): number =>
  Math.exp(x.reduce((s, xi) => s + Math.sin(2 * Math.PI * xi), 0));
/** I₀(1). */
const integral = 1.2660658777520082;

it.each([1, 2, 3, 4])('means over a grid are exact for smooth functions, d = %d', (d) => {
  expect(meanOf(density, quadraturePoints(d)) / integral ** d).toBeCloseTo(1, 5);
});

it.each([1, 2, 4])('spread points fill the torus evenly, d = %d', (d) => {
  const points = spreadPoints(d, 2048);
  expect(points.shape).toEqual([2048, d]);
  expect(numbersOf(points).every((x) => x >= 0 && x < 1)).toBe(true);
  // Random points would be off by 0.014, 0.022 and 0.039.
  expect(meanOf(density, points) / integral ** d).toBeCloseTo(1, 2);
});

it('takes spread points where a grid would be too coarse', () => {
  expect(quadraturePoints(8).shape).toEqual([4096, 8]);
  expect(quadraturePoints(2, 100).shape).toEqual([100, 2]);
});
