import { grad, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testNetwork } from '@ganymede/testing';
import { describe, it } from 'vitest';
import { embedding } from './embedding.js';

testNetwork({ name: 'embedding', create: () => embedding(6, 3), input: [4], output: [4, 3], classes: 6 });

describe('embedding', () => {
  it('gathers rows, and adds up the gradient of rows used twice', () => {
    const bench = createWorkbench();
    const variables = bench.symbols({ table: valueOf([1, 2, 3, 4, 5, 6], [3, 2]) }, 'v');
    const ids = bench.symbol('ids', valueOf([2, 0, 2], [1, 3], 'int32'));
    const y = embedding(3, 2).apply(variables, ids, bench.ctx);
    const [slope] = grad(y.sum(), [variables.table as never]);
    const [rows, found] = bench.evaluate([y, slope as never]);
    expectClose(rows as Value, [5, 6, 1, 2, 5, 6], 0);
    expectClose(found as Value, [1, 1, 0, 0, 2, 2], 0);
  });
});
