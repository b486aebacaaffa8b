import { numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { dropout } from './dropout.js';

testNetwork({ name: 'dropout', create: () => dropout(0.5), input: [8], output: [8] });

describe('dropout', () => {
  it('zeroes a share of the elements and scales the others, anew at each call', () => {
    const bench = createWorkbench({ training: true });
    const x = bench.symbol('x', valueOf(new Array<number>(4000).fill(3), [100, 40]));
    const y = dropout(0.25).apply({}, x, bench.ctx);
    const numbers = numbersOf(bench.evaluate([y])[0] as Value);
    const zeros = numbers.filter((v) => v === 0).length;
    // 1000 expected; the standard deviation is 27.
    expect(zeros).toBeGreaterThan(880);
    expect(zeros).toBeLessThan(1120);
    for (const v of numbers) if (v !== 0) expect(v).toBeCloseTo(4, 12);
    expect(numbersOf(bench.evaluate([y], { call: 1 })[0] as Value)).not.toEqual(numbers);
    expect(bench.noise).toMatchObject([{ name: 'noise/mask', shape: [100, 40] }]);
  });

  it('is the identity outside training and at rate 0', () => {
    const bench = createWorkbench();
    const x = bench.symbol('x', valueOf([1, 2], [1, 2]));
    expect(dropout(0.5).apply({}, x, bench.ctx)).toBe(x);
    const training = createWorkbench({ training: true });
    expect(dropout(0).apply({}, x, training.ctx)).toBe(x);
  });
});
