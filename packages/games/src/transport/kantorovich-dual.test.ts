import { createRng } from '@ganymede/core';
import { leastAssignment } from '@ganymede/metrics';
import { numbersOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { cTransform, euclideanCosts, kantorovichDual } from './kantorovich-dual.js';

const points = (name: string, count: number, mean: number): number[][] => {
  const flat = numbersOf(createRng(1).child(name).draw([count, 2], { kind: 'normal', mean }));
  return Array.from({ length: count }, (_, i) => flat.slice(2 * i, 2 * i + 2));
};

it('the c-transform is feasible, and tight in every row', () => {
  const costs = [
    [4, 1, 3],
    [2, 0, 5],
  ];
  expect(Array.from(cTransform(costs, [0, 0, 1]))).toEqual([1, 0]);
  expect(Array.from(cTransform(costs, [1, 0.5, 2]))).toEqual([0.5, -0.5]);
});

it('is never above the cost of transport, and reaches it', () => {
  const costs = euclideanCosts(points('a', 64, 0), points('b', 64, 1));
  const { cost, potentials } = leastAssignment(costs);
  expect(Math.abs(cost / 64 - kantorovichDual(costs, potentials.columns))).toBeLessThan(1e-12);
  for (let trial = 0; trial < 20; trial++) {
    const any = numbersOf(createRng(2).draw([64], { kind: 'normal', std: 0.5 }, trial));
    expect(kantorovichDual(costs, any)).toBeLessThan(cost / 64);
  }
});

it('refuses potentials that do not fit', () => {
  expect(() => cTransform([[1, 2]], [0])).toThrow(expect.objectContaining({ code: 'GANYMEDE_SHAPE' }));
});
