import { createRng } from '@ganymede/core';
import { grad, type Tensor, type Value } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { selfAttention } from './self-attention.js';
import { spectralNorm } from './spectral-norm.js';

describe('selfAttention', () => {
  it('starts as the identity, from which gamma alone moves', () => {
    const layer = selfAttention();
    const bench = createWorkbench({ training: true });
    const variables = bench.symbols(layer.init(createRng(1), ['N', 8, 4, 4]), 'v');
    const x = bench.symbol('x', createRng(2).draw([2, 8, 4, 4], { kind: 'normal' }));
    const y = layer.apply(variables, x, bench.ctx);
    const [same, given, slope] = bench.evaluate([
      y,
      x,
      ...grad(y.square().sum(), [variables.gamma as Tensor]),
    ]);
    expectClose(same as Value, given as Value, 0);
    expect(Math.abs(Number(slope?.data[0]))).toBeGreaterThan(1e-3);
  });

  it('tells the buffers of what its convolutions are wrapped in', () => {
    const buffers = ['query', 'key', 'value', 'output'].map((part) => `${part}/u`);
    expect(selfAttention({ wrap: spectralNorm }).buffers).toEqual(buffers);
  });
});
