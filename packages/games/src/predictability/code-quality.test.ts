import { expect, it } from 'vitest';
import { codeQuality, informationPerSource, isFactorial, mutualInformation } from './code-quality.js';

it('knows a factorial binary code', () => {
  const codes = [
    [0.05, 0.95],
    [0.97, 0.96],
    [0.02, 0.03],
    [0.99, 0.01],
  ];
  const { roughness, distinct, correlation, spread } = codeQuality(codes);
  expect(roughness).toBeCloseTo(0.05, 12);
  expect(distinct).toBe(4);
  expect(correlation).toBeLessThan(0.03);
  expect(spread).toBeCloseTo(0.97, 12);
  expect(isFactorial(codes)).toBe(true);
});

it('tells other codes from it', () => {
  const same = [
    [0, 0],
    [1, 1],
    [0, 0],
    [1, 1],
  ];
  expect(codeQuality(same).correlation).toBeCloseTo(1, 12);
  expect(isFactorial(same)).toBe(false);
  // One of four apart, for each unit: correlation -1/3 between units that cut off different patterns.
  expect(
    codeQuality([
      [1, 0],
      [0, 1],
      [0, 0],
      [0, 0],
    ]).correlation,
  ).toBeCloseTo(1 / 3, 12);
  expect(
    isFactorial([
      [0.3, 0],
      [1, 1],
      [0, 1],
      [1, 0],
    ]),
  ).toBe(false);
  const constant = codeQuality([
    [0.5, 0.5],
    [0.5, 0.5],
  ]);
  expect([constant.spread, constant.correlation, constant.distinct]).toEqual([0, 1, 1]);
});

it('information in bits', () => {
  const half = [true, true, false, false];
  expect(mutualInformation(half, half)).toBeCloseTo(1, 12);
  expect(
    mutualInformation(
      half,
      half.map((x) => !x),
    ),
  ).toBeCloseTo(1, 12);
  expect(mutualInformation(half, [true, false, true, false])).toBeCloseTo(0, 12);
  // One of four flipped: H(Y) - H(Y|X) with Y true in three of four, certain where X is true.
  const h = -(0.75 * Math.log2(0.75) + 0.25 * Math.log2(0.25));
  expect(mutualInformation(half, [true, true, true, false])).toBeCloseTo(h - 0.5, 12);
});

it('finds which unit tells which source', () => {
  const sources = [
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ];
  const codes = sources.map(([a, b]) => [b ? 0.1 : 0.8, 0.6, a ? 0.9 : 0.2]);
  expect(informationPerSource(codes, sources).map((bits) => Number(bits.toFixed(9)))).toEqual([1, 1]);
});
