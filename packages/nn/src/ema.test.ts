import { type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { ema } from './ema.js';

describe('ema', () => {
  it('starts as a copy of the parameters', () => {
    const params = { dense1: { kernel: valueOf([1, 2]) } };
    const average = ema(0.9).init(params);
    expect(average).toEqual(params);
    (params.dense1.kernel.data as Float32Array)[0] = 7;
    expect(average).toEqual({ dense1: { kernel: valueOf([1, 2]) } });
  });

  it('moves by 1 − decay of the way', () => {
    const bench = createWorkbench();
    const next = ema(0.75).update(
      bench.symbols({ p: valueOf([4, 0]) }, 'a'),
      bench.symbols({ p: valueOf([0, 8]) }, 'p'),
    );
    expectClose(bench.evaluate([next.p as Tensor])[0] as Value, [3, 2], 1e-12);
  });
});
