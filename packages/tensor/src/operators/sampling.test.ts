import { describe, expect, it } from 'vitest';
import * as t from '../index.js';

/** Evenly spread noise: what many draws of uniform numbers come to, without their scatter. */
const even = (count: number): t.Value =>
  t.valueOf(
    Array.from({ length: count }, (_, i) => (i + 0.5) / count),
    [count],
  );

const noise = t.input('u', ['N']);
const draw = (y: t.Tensor, u: t.Value): number[] => t.numbersOf(t.evaluate({ y }, { u }).y as t.Value);
const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;

describe('truncatedNormal', () => {
  it('has the mean and variance of the distribution that is cut at 2', () => {
    const numbers = draw(t.truncatedNormal(noise), even(20_001));
    expect(mean(numbers)).toBeCloseTo(0, 5);
    // 1 - 2 * 2 * density(2) / (probability within 2): Johnson and Kotz, 1970.
    expect(mean(numbers.map((x) => x * x))).toBeCloseTo(0.7737413, 4);
  });

  it('stays within its bounds, whatever the noise', () => {
    const u = t.valueOf([0, 2 ** -24, 0.5, 1 - 2 ** -24]);
    const [low, , , high] = draw(t.truncatedNormal(noise, { low: -5, high: 5 }), u) as [
      number,
      number,
      number,
      number,
    ];
    expect(low).toBeGreaterThanOrEqual(-5);
    expect(low).toBeLessThan(-4.8);
    expect(high).toBeLessThanOrEqual(5);
    expect(high).toBeGreaterThan(4.8);
  });

  it('refuses bounds in the wrong order', () => {
    expect(() => t.truncatedNormal(noise, { low: 1, high: 1 })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_SHAPE' }),
    );
  });
});

describe('categorical', () => {
  it('draws each category as often as its probability says', () => {
    const logits = t.expand(t.log(t.constant([0.1, 0.6, 0.05, 0.25])), [10_000, 4]);
    const counts = [0, 0, 0, 0];
    const u = t.input('u', [10_000]);
    for (const i of draw(t.categorical(logits, u), even(10_000))) counts[i] = (counts[i] ?? 0) + 1;
    [1000, 6000, 500, 2500].forEach((wanted, i) => {
      expect(Math.abs((counts[i] ?? 0) - wanted), `category ${i}`).toBeLessThanOrEqual(1);
    });
  });

  it('never leaves the categories, nor takes an impossible one, at the end of the noise', () => {
    const logits = t.constant(
      t.valueOf([...Array.from({ length: 5000 }, (_, i) => Math.sin(i)), -Infinity], [1, 5001]),
    );
    const [last] = draw(t.categorical(logits, t.input('u', [1])), t.valueOf([1 - 2 ** -24]));
    expect(last).toBeLessThan(5000);
    expect(last).toBeGreaterThan(4990);
  });
});

it('gumbel has the mean and variance of its distribution', () => {
  const numbers = draw(t.gumbel(noise), even(50_001));
  const centre = mean(numbers);
  expect(centre).toBeCloseTo(0.5772157, 3);
  expect(mean(numbers.map((x) => (x - centre) ** 2))).toBeCloseTo(Math.PI ** 2 / 6, 2);
});

it('gumbelSoftmax passes the gradient of the soft sample through the hard one', () => {
  const logits = t.input('x', [2, 3]);
  const g = t.input('g', [2, 3]);
  const weights = t.constant(t.valueOf([1, 2, 3, 4, 5, 6], [2, 3]));
  const feeds = { x: t.valueOf([1, 0, -1, 0.5, 2, 1], [2, 3]), g: t.valueOf([0, 1, 0.5, 0, 0, 2], [2, 3]) };
  const [hard, soft] = [true, false].map((isHard) => {
    const y = t.gumbelSoftmax(logits, g, { temperature: 0.5, hard: isHard });
    return t.evaluate({ d: t.grad(t.sum(t.mul(y, weights)), [logits])[0] }, feeds).d;
  });
  expect(hard).toEqual(soft);
  expect(t.numbersOf(soft as t.Value).some((x) => Math.abs(x) > 0.1)).toBe(true);
});

it('erfInverse in float32 is exact to its last digits', () => {
  const x = t.input('u', [5]);
  const known = [0, 0.088855990494257, 0.4769362762044699, 1.1630871536766743, 1.821386367718449];
  draw(t.erfInverse(x), t.valueOf([0, 0.1, 0.5, 0.9, 0.99])).forEach((y, i) => {
    expect(Math.abs(y - (known[i] ?? 0))).toBeLessThan(1e-6 * Math.max(1, known[i] ?? 0));
  });
});
