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
      bench.ctx,
    );
    expectClose(bench.evaluate([next.p as Tensor])[0] as Value, [3, 2], 1e-12);
  });

  it('warms up: at update t it keeps at most (1 + t) / (warmup + t)', () => {
    const average = ema(0.9, { warmup: 10 });
    let kept = 1;
    let found = 1;
    for (let call = 0; call < 120; call++) {
      const bench = createWorkbench();
      const next = average.update(
        bench.symbols({ p: valueOf([found], undefined, 'float64') }, 'a'),
        bench.symbols({ p: valueOf([0]) }, 'p'),
        bench.ctx,
      );
      const decay = Math.min(0.9, (1 + call) / (10 + call));
      found = Number(bench.evaluate([next.p as Tensor], { call })[0]?.data[0]);
      kept *= 1 - Math.fround(1 - decay);
      expect(Math.abs(found / kept - 1)).toBeLessThan(1e-12);
      if (call === 0) expect(found).toBeCloseTo(0.1, 7);
      if (call === 80) expect(decay).toBe(0.9);
      if (call === 79) expect(decay).toBeLessThan(0.9);
    }
  });
});
