import { valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { formatRange, rangeOf } from './value-range.js';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

it.each([
  [[1, -2, 3.5], { min: -2, max: 3.5, nan: 0, infinite: 0, count: 3 }, '-2 to 3.5, all finite'],
  [
    [1, nan, -inf, inf, nan],
    { min: 1, max: 1, nan: 2, infinite: 2, count: 5 },
    '1 to 1, 2 NaN, 2 infinite of 5',
  ],
  [[nan], { min: null, max: null, nan: 1, infinite: 0, count: 1 }, 'nothing finite, 1 NaN of 1'],
  [[], { min: null, max: null, nan: 0, infinite: 0, count: 0 }, 'nothing finite, all finite'],
])('tells the range of %j', (numbers, range, text) => {
  expect(rangeOf(valueOf(numbers))).toEqual(range);
  expect(formatRange(range)).toBe(text);
});

it('counts integers as finite', () => {
  expect(rangeOf(valueOf([7, -1], [2], 'int64'))).toMatchObject({ min: -1, max: 7, nan: 0, count: 2 });
});
