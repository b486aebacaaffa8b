import { describe, expect, it } from 'vitest';
import {
  broadcastShapes,
  factorsOf,
  formatShape,
  isStatic,
  normalizeAxes,
  normalizeAxis,
  productOf,
  quotientOf,
  sameShape,
  sizeOf,
} from './shape.js';

const coded = (code: string) => expect.objectContaining({ code });

it('prints and compares shapes', () => {
  expect(formatShape(['N', 3])).toBe('[N, 3]');
  expect(sameShape(['N', 3], ['N', 3])).toBe(true);
  expect(sameShape(['N', 3], ['M', 3])).toBe(false);
  expect(sameShape([3], [3, 1])).toBe(false);
  expect([isStatic([1, 2]), isStatic([1, 'N'])]).toEqual([true, false]);
});

it('counts elements', () => {
  expect([sizeOf([2, 3]), sizeOf([])]).toEqual([6, 1]);
  expect(() => sizeOf(['N', 3])).toThrow(coded('GANYMEDE_NAMED_DIMENSION'));
});

describe('products and quotients of dimensions', () => {
  it.each([
    [['N', 7, 7], 'N*49'],
    [['N'], 'N'],
    [[2, 3], 6],
    [[], 1],
    [['N*49', 2], 'N*98'],
    [['W', 'H', 'N*2'], 'H*N*W*2'],
    [['N', 0], 0],
  ] as const)('product of %j', (dims, wanted) => {
    expect(productOf(dims)).toBe(wanted);
  });

  it.each([
    ['N*49', 7, 'N*7'],
    ['N*49', 'N', 49],
    ['N*49', 'N*49', 1],
    [12, 4, 3],
    [12, 5, undefined],
    ['N*4', 3, undefined],
    ['N', 'M', undefined],
    ['H*N', 'H', 'N'],
    [0, 3, 0],
    [3, 0, undefined],
  ] as const)('%j / %j', (a, b, wanted) => {
    expect(quotientOf(a, b)).toBe(wanted);
  });

  it('reads a dimension as a number times names', () => {
    expect(factorsOf('W*H*4*2')).toEqual({ factor: 8, names: ['H', 'W'] });
  });
});

describe('axes', () => {
  it('count from the end when negative', () => {
    expect(normalizeAxis(-1, 3, 'Op')).toBe(2);
    expect(normalizeAxes([-1, 0, 2], 3, 'Op')).toEqual([0, 2]);
    expect(normalizeAxes(undefined, 2, 'Op')).toEqual([0, 1]);
  });

  it('outside the rank are refused, naming the operator', () => {
    for (const axis of [3, -4, 0.5, Number.NaN])
      expect(() => normalizeAxis(axis, 3, 'Softmax')).toThrow(coded('GANYMEDE_AXIS'));
    expect(() => normalizeAxis(3, 3, 'Softmax in critic')).toThrow(/Softmax in critic: axis 3/);
  });
});

describe('broadcasting', () => {
  it.each([
    [[2, 3], [3], [2, 3]],
    [
      ['N', 1],
      [1, 4],
      ['N', 4],
    ],
    [[], ['N'], ['N']],
    [
      [5, 1, 2],
      [4, 1],
      [5, 4, 2],
    ],
  ] as const)('%j with %j', (a, b, wanted) => {
    expect(broadcastShapes(a, b, 'Add')).toEqual(wanted);
    expect(broadcastShapes(b, a, 'Add')).toEqual(wanted);
  });

  it.each([
    [[2], [3]],
    [['N'], [3]],
    [['N'], ['M']],
  ] as const)('refuses %j with %j', (a, b) => {
    expect(() => broadcastShapes(a, b, 'Add')).toThrow(coded('GANYMEDE_SHAPE'));
  });
});
