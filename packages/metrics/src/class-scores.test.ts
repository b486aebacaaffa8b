import { expect, it } from 'vitest';
import { classScores, histogramEntropy } from './class-scores.js';

it('one class only: entropy 0', () => {
  expect(classScores([0.9, 0.1, 0.8, 0.2], 2)).toEqual({
    classEntropy: 0,
    confidence: expect.closeTo(0.85, 12),
    histogram: [2, 0],
  });
});

it('equally many in each of ten classes: ln 10 nats', () => {
  const identity = Array.from({ length: 100 }, (_, i) => (i % 11 === 0 ? 1 : 0));
  const scores = classScores(identity, 10);
  expect(scores.classEntropy).toBeCloseTo(Math.log(10), 12);
  expect(scores.confidence).toBe(1);
});

it('an unequal histogram: -Σ p ln p', () => {
  expect(histogramEntropy([1, 3, 0])).toBeCloseTo(-0.25 * Math.log(0.25) - 0.75 * Math.log(0.75), 12);
});

it('refuses part of a row and nothing at all', () => {
  expect(() => classScores([0.1, 0.2, 0.7], 2)).toThrow(/rows of 2/);
  expect(() => classScores([], 2)).toThrow(/rows of 2/);
});
