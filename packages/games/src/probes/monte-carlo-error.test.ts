import { createRng } from '@ganymede/core';
import { numbersOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { monteCarloError, slopeOf } from './monte-carlo-error.js';

const average = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;

it('averages of independent draws err like one over the root of their number', () => {
  const { errors, slope } = monteCarloError({
    estimate: (size, rng) => [average(numbersOf(rng.draw([size], { kind: 'normal', mean: 3, std: 2 })))],
    exact: [3],
    sizes: [10, 40, 160],
    repeats: 400,
    rng: createRng(1),
  });
  expect(Math.abs(slope + 0.5)).toBeLessThan(0.1);
  errors.forEach((error, i) => {
    const expected = 2 / Math.sqrt([10, 40, 160][i] as number);
    expect(Math.abs(error / expected - 1)).toBeLessThan(0.15);
  });
});

it('a bias does not fall', () => {
  const { slope } = monteCarloError({
    estimate: (size, rng) => [1 + average(numbersOf(rng.draw([size], { kind: 'normal' })))],
    exact: [0],
    sizes: [100, 1000],
    repeats: 20,
    rng: createRng(1),
  });
  expect(Math.abs(slope)).toBeLessThan(0.05);
});

it('fits lines', () => {
  expect(slopeOf([1, 2, 4], [5, 3, -1])).toBeCloseTo(-2, 12);
});
