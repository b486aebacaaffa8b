import { createRng } from '@ganymede/core';
import { GanymedeError, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { zeros } from '../initializers/constant.js';
import { dense } from './dense.js';

testNetwork({ name: 'dense', create: () => dense(3), input: [4], output: [3] });
testNetwork({ name: 'dense, no bias', create: () => dense(3, { bias: false }), input: [4], output: [3] });
testNetwork({ name: 'dense, of sequences', create: () => dense(3), input: [5, 4], output: [5, 3] });

describe('dense', () => {
  it('multiplies rows by the kernel and adds the bias', () => {
    const bench = createWorkbench();
    const variables = bench.symbols(
      { kernel: valueOf([1, 2, 3, 4, 5, 6], [2, 3]), bias: valueOf([10, 20, 30]) },
      'v',
    );
    const x = bench.symbol('x', valueOf([1, 0, -1, 2], [2, 2]));
    const [y] = bench.evaluate([dense(3).apply(variables, x, bench.ctx)]);
    expectClose(y as Value, [11, 22, 33, 17, 28, 39], 0);
  });

  it('starts from its initializers', () => {
    const variables = dense(2, { kernelInit: zeros(), biasInit: 0.5 }).init(createRng(1), ['N', 3]);
    expect(variables.kernel).toEqual(valueOf(new Array<number>(6).fill(0), [3, 2]));
    expect(variables.bias).toEqual(valueOf([0.5, 0.5]));
  });

  it('refuses an input whose last dimension has a name', () => {
    const failure = () => dense(2).init(createRng(1), [4, 'width']);
    expect(failure).toThrow(expect.toSatisfy((e) => GanymedeError.is(e, 'GANYMEDE_NAMED_DIMENSION')));
  });

  it('names a missing variable and what there is', () => {
    const bench = createWorkbench();
    const variables = bench.symbols({ weight: valueOf([1], [1, 1]) }, 'v');
    const x = bench.symbol('x', valueOf([1], [1, 1]));
    expect(() => dense(1).apply(variables, x, bench.ctx.child('generator').child('dense1'))).toThrow(
      '"generator/dense1" expects a variable "kernel", but has "weight"',
    );
  });
});
