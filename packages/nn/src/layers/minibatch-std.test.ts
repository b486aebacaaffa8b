import { input, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { minibatchStd, type MinibatchStdOptions } from './minibatch-std.js';

function run(numbers: readonly number[], shape: readonly number[], options?: MinibatchStdOptions) {
  const bench = createWorkbench();
  const y = minibatchStd(options).apply({}, bench.symbol('x', valueOf(numbers, shape)), bench.ctx);
  return { shape: y.shape, data: Array.from((bench.evaluate([y])[0] as Value).data, Number) };
}

describe('minibatchStd', () => {
  it('adds the mean standard deviation over the group as a map', () => {
    // Features over the batch: (0, 2), (1, 1), (5, -3), (2, 8): deviations 1, 0, 4, 3.
    const { shape, data } = run([0, 1, 5, 2, 2, 1, -3, 8], [2, 1, 2, 2], { epsilon: 0 });
    expect(shape).toEqual([2, 2, 2, 2]);
    expectClose(data.slice(4, 8), [2, 2, 2, 2], 1e-12, 'first map');
    expectClose(data.slice(12), [2, 2, 2, 2], 1e-12, 'second map');
    expectClose(data.slice(0, 4), [0, 1, 5, 2], 1e-12, 'the samples stay');
  });

  it('groups samples i mod (N / group)', () => {
    const { data } = run([0, 10, 4, 30], [4, 1], { group: 2, epsilon: 0 });
    expectClose(data, [0, 2, 10, 10, 4, 2, 30, 10], 1e-12, 'samples and deviations');
  });

  it('makes maps of shares of the channels, and is √ε for equal samples', () => {
    const { shape, data } = run([0, 1, 2, 3], [2, 2], { maps: 2, epsilon: 0 });
    expect(shape).toEqual([2, 4]);
    expectClose(data, [0, 1, 1, 1, 2, 3, 1, 1], 1e-12, 'two maps');
    expectClose(run([7, 7], [2, 1]).data, [7, 1e-4, 7, 1e-4], 1e-12, 'collapsed');
  });

  it('refuses batches that the group does not divide', () => {
    const bench = createWorkbench();
    for (const shape of [
      [6, 2],
      ['N', 2],
    ] as const) {
      expect(() => minibatchStd({ group: 4 }).apply({}, input('x', shape), bench.ctx)).toThrow(
        expect.objectContaining({ code: 'GANYMEDE_SHAPE' }),
      );
    }
  });
});
