import { grad, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testRegularizer } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { orthogonal } from './orthogonal.js';

// One output: W Wᵀ is the squared slope, nothing is off the diagonal.
testRegularizer({
  name: 'orthogonal, with unit rows',
  create: () => orthogonal({ weight: 0.5, offDiagonal: false }),
  linear: (slope) => 0.5 * (slope ** 2 - 1) ** 2,
});
testRegularizer({ name: 'orthogonal', create: () => orthogonal({ weight: 0.1 }), linear: () => 0 });

describe('orthogonal', () => {
  const bench = createWorkbench({ training: true });
  const x = bench.symbol('x', valueOf([1], [1, 1]));
  const dense = bench.symbol('dense', valueOf([1, 2, 3, 4, 0, -1], [3, 2])); // columns (1, 3, 0) and (2, 4, -1)
  const conv = bench.symbol('conv', valueOf([1, 2, -1, 0.5, 3, 1, 0, 2], [2, 1, 2, 2])); // rows (1,2,-1,½), (3,1,0,2)
  const bias = bench.symbol('bias', valueOf([5, 5]));
  const params = { a: { kernel: dense, bias }, b: { kernel: conv }, c: { table: dense } };
  const penalty = (
    options: Parameters<typeof orthogonal>[0],
    given: typeof params | { a: Tensor } = params,
  ) =>
    orthogonal(options).penalty({
      discriminate: (y) => y,
      real: x,
      fake: x,
      realLogits: x,
      fakeLogits: x,
      ctx: bench.ctx,
      params: given,
    });
  const valueIn = (y: Tensor) => bench.evaluate([y])[0] as Value;

  it('sums the squared products of different outputs over dense and convolution kernels', () => {
    // Dense: product 14; convolution: 3 + 2 + 0 + 1 = 6; each pair counts twice.
    expectClose(valueIn(penalty({ weight: 0.1 })), 0.1 * 2 * (14 ** 2 + 6 ** 2), 1e-12, 'off the diagonal');
    // On the diagonal 10 - 1, 21 - 1; 6.25 - 1, 14 - 1.
    const diagonal = 9 ** 2 + 20 ** 2 + 5.25 ** 2 + 13 ** 2;
    const whole = diagonal + 2 * (14 ** 2 + 6 ** 2);
    expectClose(valueIn(penalty({ weight: 1, offDiagonal: false })), whole, 1e-12, 'with the diagonal');
    expectClose(valueIn(penalty({ weight: 1, variable: 'table' })), 2 * 14 ** 2, 1e-12, 'by name');
  });

  it('pushes each row along the others', () => {
    const [slope] = grad(penalty({ weight: 1 }), [dense]) as [Tensor];
    // 4 · (W Wᵀ ⊙ (1 − I)) W, transposed: 56 times the other column.
    expectClose(
      valueIn(slope),
      [2, 1, 4, 3, -1, 0].map((w) => 56 * w),
      1e-12,
      'gradient',
    );
  });

  it('belongs to the network asked for, and names what it does not find', () => {
    expect(orthogonal({ of: 'generator' }).of).toBe('generator');
    expect(() => penalty({ variable: 'weight' })).toThrow(/"weight".*/);
    expect(() => penalty({ variable: 'weight' })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_OPTION' }),
    );
  });
});
