import { describe, expect, it } from 'vitest';
import * as t from '../index.js';

const compute = (f: (x: t.Tensor) => t.Tensor, numbers: number[], dtype: t.Dtype = 'float32'): number[] => {
  const x = t.input('x', [numbers.length], dtype);
  return t.numbersOf(t.evaluate({ y: f(x) }, { x: t.valueOf(numbers, undefined, dtype) }).y as t.Value);
};
const derivative = (f: (x: t.Tensor) => t.Tensor, numbers: number[]): number[] =>
  compute((x) => t.grad(t.sum(f(x)), [x])[0] as t.Tensor, numbers);

describe('extreme arguments', () => {
  it('softplus neither overflows nor loses small values', () => {
    expect(compute(t.softplus, [1000, -1000, 0])).toEqual([1000, 0, Math.fround(Math.LN2)]);
    expect(compute(t.softplus, [-40], 'float64')[0]).toBeCloseTo(Math.exp(-40), 30);
    expect(derivative(t.softplus, [1000, -1000])).toEqual([1, 0]);
  });

  it('softmax and logSoftmax stay finite', () => {
    expect(compute((x) => t.softmax(x), [1000, 0])).toEqual([1, 0]);
    expect(compute((x) => t.logSoftmax(x), [1000, 0])).toEqual([0, -1000]);
  });

  it('logSumExp stays finite, and infinite where it must', () => {
    expect(compute((x) => t.logSumExp(x), [1000, 1000])[0]).toBeCloseTo(1000 + Math.LN2, 3);
    expect(compute((x) => t.logSumExp(x), [-Infinity, -Infinity])).toEqual([-Infinity]);
    expect(compute((x) => t.logSumExp(x), [Infinity, 0])).toEqual([Infinity]);
    expect(derivative((x) => t.logSumExp(x), [1000, -1000])).toEqual([1, 0]);
  });

  it('NaN passes through, and is found', () => {
    for (const f of [t.relu, t.leakyRelu, t.tanh, (x: t.Tensor) => t.clip(x, 0, 1), t.max, t.min]) {
      expect(compute((x) => f(x), [Number.NaN, 1])[0]).toBeNaN();
    }
    expect(compute(t.isNaN, [Number.NaN, 1])).toEqual([1, 0]);
  });

  it('casts saturate nothing but are defined', () => {
    expect(compute((x) => t.cast(x, 'int64'), [2.9, -2.9])).toEqual([2, -2]);
    expect(compute((x) => t.cast(x, 'uint8'), [255, 3.7])).toEqual([255, 3]);
  });
});

describe('corners', () => {
  it('have the documented derivative', () => {
    expect(derivative(t.abs, [0])).toEqual([0]);
    expect(derivative(t.relu, [0])).toEqual([0]);
    expect(derivative((x) => t.leakyRelu(x, 0.25), [0])).toEqual([0.25]);
    expect(derivative((x) => t.clip(x, 0, 1), [0, 1])).toEqual([1, 1]);
    expect(derivative((x) => t.maximum(x, 0), [0])).toEqual([1]);
    expect(derivative((x) => t.minimum(0, x), [0])).toEqual([0]);
    expect(derivative((x) => t.max(x), [3, 3, 1])).toEqual([0.5, 0.5, 0]);
    expect(derivative((x) => t.pow(x, 3), [0, -2])).toEqual([0, 12]);
    expect(derivative((x) => t.maxPool(t.reshape(x, [1, 1, 4]), { kernel: 2 }), [2, 2, 1, 0])).toEqual([
      0.5, 0.5, 1, 0,
    ]);
  });

  it('a pow with a base of 0 has a finite derivative for its exponent', () => {
    const p = t.input('p', [2]);
    const g = t.grad(t.sum(t.pow(t.constant([0, 2]), p)), [p])[0] as t.Tensor;
    expect(t.numbersOf(t.evaluate({ g }, { p: t.valueOf([2, 3]) }).g as t.Value)).toEqual([
      0,
      Math.fround(8 * Math.LN2),
    ]);
  });
});

it('the error function is exact to the last digit or two', () => {
  // As the C library of Python 3.11 gives them.
  const known = [
    [0.1, 0.1124629160182849],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [2.4, 0.999311486103355],
    [2.6, 0.9997639655834707],
    [3.5, 0.9999992569016276],
    [7, 1],
  ] as const;
  const results = compute(
    t.erf,
    known.map(([x]) => x),
    'float64',
  );
  results.forEach((y, i) => {
    expect(Math.abs(y - (known[i]?.[1] ?? 0))).toBeLessThan(5e-16);
  });
});
