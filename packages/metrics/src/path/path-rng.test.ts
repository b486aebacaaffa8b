import { createRng } from '@ganymede/core';
import { expect, it } from 'vitest';
import { pathRng } from './path-rng.js';

const rng = createRng(3).child('z');
const ends = (shape: readonly number[]) =>
  ['from', 'to'].map((name) => rng.child(name).draw(shape, { kind: 'normal' }).data as Float32Array);
const length = (x: ArrayLike<number>) => Math.sqrt(Array.from(x).reduce((sum, v) => sum + v * v, 0));

it('lerp: the ends are the two draws, the middle is their mean', () => {
  const [from, to] = ends([2, 5]) as [Float32Array, Float32Array];
  const at = (t: number) =>
    pathRng(rng, () => t, 'lerp').draw([2, 5], { kind: 'normal' }).data as Float32Array;
  expect(at(0)).toEqual(from);
  expect(Math.max(...at(1).map((x, i) => Math.abs(x - (to[i] as number))))).toBeLessThan(1e-6);
  expect(
    Math.max(...at(0.5).map((x, i) => Math.abs(x - ((from[i] as number) + (to[i] as number)) / 2))),
  ).toBeLessThan(1e-6);
});

it('slerp: half of the way is half of the angle, at the mean length', () => {
  const [from, to] = ends([1, 5]) as [Float32Array, Float32Array];
  const half = pathRng(rng, () => 0.5, 'slerp').draw([1, 5], { kind: 'normal' }).data as Float32Array;
  const angle = (a: Float32Array, b: Float32Array) =>
    Math.acos(a.reduce((sum, x, i) => sum + x * (b[i] as number), 0) / length(a) / length(b));
  expect(angle(from, half)).toBeCloseTo(angle(from, to) / 2, 5);
  expect(length(half)).toBeCloseTo((length(from) + length(to)) / 2, 5);
});

it('each sample has its own place; noise of other rank stays, whole numbers have no path', () => {
  const places = pathRng(rng, (i) => i / 3, 'lerp');
  const [from] = ends([4, 2]) as [Float32Array];
  const drawn = places.draw([4, 2], { kind: 'normal' }).data as Float32Array;
  expect(drawn.slice(0, 2)).toEqual(from.slice(0, 2));
  expect(drawn.slice(2, 4)).not.toEqual(from.slice(2, 4));
  const noise = (t: number) => pathRng(rng, () => t, 'slerp').draw([1, 1, 3, 3], { kind: 'normal' });
  expect(noise(0)).toEqual(noise(0.7));
  expect(() => places.draw([4], { kind: 'integers', high: 3 })).toThrow('no path');
});
