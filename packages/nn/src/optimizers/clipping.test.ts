import type { Optimizer, Tree } from '@ganymede/core';
import { grad, matmul, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, it } from 'vitest';
import { clipByNorm } from './clip-by-norm.js';
import { clipByValue } from './clip-by-value.js';
import { orthogonalDecay } from './orthogonal-decay.js';

describe('gradient transformations', () => {
  function updates(optimizer: Optimizer): readonly Value[] {
    const bench = createWorkbench();
    const gradients = bench.symbols({ a: valueOf([3, -4]), b: { c: valueOf([0.3, 0.4]) } }, 'g');
    const result = optimizer.update(gradients, {}, gradients, bench.ctx).updates;
    return bench.evaluate([result.a as Tensor, (result.b as Tree<Tensor>).c as Tensor]);
  }

  it('clipByValue brings every element to [−max, max]', () => {
    const [a, c] = updates(clipByValue(0.35)) as [Value, Value];
    expectClose(a, [0.35, -0.35], 1e-7, 'a');
    expectClose(c, [0.3, 0.35], 1e-7, 'c');
  });

  it('clipByNorm scales each gradient on its own', () => {
    const [a, c] = updates(clipByNorm(1)) as [Value, Value];
    expectClose(a, [0.6, -0.8], 1e-7, 'a');
    expectClose(c, [0.3, 0.4], 1e-7, 'c');
  });

  it('orthogonalDecay adds the gradient of rate · ‖W Wᵀ ⊙ (1 − I)‖² to kernels', () => {
    const bench = createWorkbench();
    const dense = bench.symbol('dense', valueOf([1, 2, 3, 4, 0, -1], [3, 2], 'float64'));
    const conv = bench.symbol('conv', valueOf([1, 2, -1, 0.5, 3, 1, 0, 2], [2, 1, 2, 2], 'float64'));
    const bias = bench.symbol('bias', valueOf([5, 5], undefined, 'float64'));
    const params = { a: { kernel: dense, bias }, b: { kernel: conv } };
    const penalty = (rows: Tensor): Tensor => {
      const products = matmul(rows, rows.transpose([1, 0]));
      const corner = products.slice(0, 0, 1).slice(1, 1, 2);
      return corner
        .square()
        .sum()
        .mul(2 * 0.1);
    };
    const total = penalty(dense.transpose([1, 0])).add(penalty(conv.reshape([2, 4])));
    const expected = bench.evaluate(grad(total, [dense, conv]));
    const zero = { a: { kernel: dense.mul(0), bias: bias.mul(0) }, b: { kernel: conv.mul(0) } };
    const { updates } = orthogonalDecay(0.1).update(zero, {}, params, bench.ctx);
    const found = updates as unknown as typeof params; // The same tree as the parameters'.
    const [a, b, untouched] = bench.evaluate([found.a.kernel, found.b.kernel, found.a.bias]);
    expectClose(a as Value, expected[0] as Value, 1e-12, 'dense');
    expectClose(b as Value, expected[1] as Value, 1e-12, 'convolution');
    expectClose(untouched as Value, [0, 0], 0, 'bias');
  });
});
