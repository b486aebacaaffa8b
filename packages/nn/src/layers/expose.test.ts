import { collectExposed, withConditions, withoutBufferUpdates } from '@ganymede/core';
import { type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { dense } from './dense.js';
import { expose } from './expose.js';
import { sequential } from './sequential.js';

testNetwork({ name: 'expose', create: () => expose('features'), input: [3], output: [3] });
testNetwork({
  name: 'expose with a head',
  create: () => expose('classes', dense(4)),
  input: [3],
  output: [3],
  skip: { gradient: 'the output does not depend on the head' },
});

describe('expose', () => {
  it('hands values to whoever collects, through any number of contexts', () => {
    const bench = createWorkbench();
    const network = sequential(expose('features'), expose('classes', dense(2)), dense(1));
    const kernels = {
      expose2: { kernel: valueOf([1, 10, 100, 1000], [2, 2]), bias: valueOf([0, 0]) },
      dense1: { kernel: valueOf([2, 3], [2, 1]), bias: valueOf([0]) },
    };
    const x = bench.symbol('x', valueOf([1, 2], [1, 2]));
    const { ctx, exposed } = collectExposed(bench.ctx);
    const told = withConditions(withoutBufferUpdates(ctx.child('discriminator')), {});
    const y = network.apply(bench.symbols(kernels, 'w'), x, told);
    expect(Object.keys(exposed)).toEqual(['features', 'classes']);
    const [logit, classes] = bench.evaluate([y, exposed.classes!]) as [Value, Value];
    expect(exposed.features).toBe(x);
    expectClose(logit, [8], 1e-12);
    expectClose(classes, [201, 2010], 1e-12);
  });

  it('costs nothing where nobody collects', () => {
    const bench = createWorkbench();
    const x = bench.symbol('x', valueOf([1, 2], [1, 2]));
    expect(expose('features').apply({}, x, bench.ctx)).toBe(x);
  });
});
