import { grad, input, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { bregmanFunctions } from './index.js';
import { relaxedWasserstein1d } from './relaxed-wasserstein-1d.js';
import { sorted } from './sorted.js';

const bench = createWorkbench();
const symbol = (name: string, numbers: readonly number[], shape?: readonly number[]): Tensor =>
  bench.symbol(name, valueOf(numbers, shape, 'float64'));

describe('relaxedWasserstein1d', () => {
  it('pairs in order and averages, with the gradient at the place each sample came from', () => {
    const x = symbol('x', [3, 1, 2], [3, 1]);
    const y = symbol('y', [0, 5, 2.5], [3, 1]);
    const cost = relaxedWasserstein1d(x, y, bregmanFunctions['half-square']);
    const [value, byX, byY] = bench.evaluate([cost, ...grad(cost, [x, y])]) as [Value, Value, Value];
    // Pairs (1, 0), (2, 2.5), (3, 5).
    expectClose(value, (1 + 0.25 + 4) / 6, 1e-12, 'value');
    expectClose(byX, [-2 / 3, 1 / 3, -0.5 / 3], 1e-12, 'by x');
    expectClose(byY, [-1 / 3, 2 / 3, 0.5 / 3], 1e-12, 'by y');
  });

  it('has the costs of their formulas, the first argument first', () => {
    const [x, y] = [symbol('p', [2, 0.5]), symbol('q', [1, 3])];
    const { 'neg-entropy': entropy, burg } = bregmanFunctions;
    const [kl, saito] = bench.evaluate([
      relaxedWasserstein1d(x, y, entropy),
      relaxedWasserstein1d(x, y, burg),
    ]);
    const pairs = [
      [0.5, 1],
      [2, 3],
    ] as const;
    const mean = (f: (a: number, b: number) => number) => pairs.reduce((sum, [a, b]) => sum + f(a, b) / 2, 0);
    expectClose(
      kl as Value,
      mean((a, b) => a * Math.log(a / b) - a + b),
      1e-12,
      'neg-entropy',
    );
    expectClose(
      saito as Value,
      mean((a, b) => a / b - Math.log(a / b) - 1),
      1e-12,
      'burg',
    );
  });

  it('wants equally many samples, and a known number of them', () => {
    const cost = () =>
      relaxedWasserstein1d(symbol('a', [1, 2]), symbol('b', [1, 2, 3]), bregmanFunctions.burg);
    expect(cost).toThrow(expect.objectContaining({ code: 'GANYMEDE_SHAPE' }));
    for (const shape of [['N'], [2, 1]] as const) {
      expect(() => sorted(input('n', shape))).toThrow(expect.objectContaining({ code: 'GANYMEDE_SHAPE' }));
    }
  });

  it('sorts, equal elements included', () => {
    const [value] = bench.evaluate([sorted(symbol('s', [2, -1, 2, 0, -1, 2]))]) as [Value];
    expectClose(value, [-1, -1, 0, 2, 2, 2], 1e-12, 'sorted');
  });
});
