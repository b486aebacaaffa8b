import { describe, expect, it } from 'vitest';
import { cookToom, type Matrix, PRODUCTS } from './cook-toom.js';

const times = (x: Matrix, v: readonly number[]): number[] =>
  x.map((row) => row.reduce((sum, a, i) => sum + a * (v[i] as number), 0));

describe('cookToom', () => {
  it.each([2, 3, 4, 5])('filters with %d taps', (taps) => {
    const { output, filter, input } = cookToom(taps);
    const seen = Array.from({ length: PRODUCTS }, (_, i) => Math.sin(3 * i + 1));
    const weights = Array.from({ length: taps }, (_, i) => Math.cos(2 * i));
    const [g, d] = [times(filter, weights), times(input, seen)];
    const results = times(
      output,
      g.map((x, i) => x * (d[i] as number)),
    );
    expect(results).toHaveLength(PRODUCTS + 1 - taps);
    results.forEach((result, at) => {
      expect(result).toBeCloseTo(
        weights.reduce((sum, w, i) => sum + w * (seen[at + i] as number), 0),
        12,
      );
    });
  });
});
