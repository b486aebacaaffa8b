import { expect, it } from 'vitest';
import { gridMinimax, gridPoints } from './grid-minimax.js';

const unit = gridPoints(0, 1, 101);

it('the order matters for (x - y)^2', () => {
  // x first: the middle loses least, 1/4. y first: x copies it.
  const { minimax, maximin, gap } = gridMinimax((x, y) => (x - y) ** 2, unit, unit);
  expect(minimax).toMatchObject({ value: 0.25, x: 0.5 });
  expect([0, 1]).toContain(minimax.y);
  expect(maximin.value).toBe(0);
  expect(maximin.x).toBe(maximin.y);
  expect(gap).toBe(0.25);
});

it('a saddle has no gap', () => {
  const wide = gridPoints(-1, 1, 201);
  const { minimax, maximin, gap } = gridMinimax((x, y) => x * x - y * y + x * y, wide, wide);
  expect([minimax.value, maximin.value, gap]).toEqual([0, 0, 0]);
  expect([minimax.x, minimax.y].map((v) => Math.abs(v))).toEqual([0, 0]);
});

it('a grid has both ends', () => {
  expect(gridPoints(-2, 2, 5)).toEqual([-2, -1, 0, 1, 2]);
  expect(gridPoints(3, 4, 1)).toEqual([3]);
});
