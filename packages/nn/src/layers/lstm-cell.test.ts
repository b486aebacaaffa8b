import { createRng } from '@ganymede/core';
import { type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { expectFixture } from '../../test/fixture.js';
import { lstmCell, lstmSequence, type LstmState, lstmStep } from './lstm-cell.js';

testNetwork({ name: 'lstmCell, sequence', create: () => lstmCell(3), input: [4, 2], output: [4, 3] });
testNetwork({
  name: 'lstmCell, one position',
  create: () => lstmCell(3),
  input: [2],
  output: [3],
  still: ['recurrent'],
});

describe('lstm', () => {
  it('has the hidden states and gradients of PyTorch', () => void expectFixture('lstm', lstmCell(3)));

  it('gives the same step by step as at once, from any state', () => {
    const bench = createWorkbench();
    const variables = bench.symbols(lstmCell(3).init(createRng(1), [2, 5, 4]), 'lstm');
    const draw = (name: string, shape: readonly number[]) =>
      bench.symbol(name, createRng(2).child(name).draw(shape, { kind: 'normal' }));
    const x = draw('x', [2, 5, 4]);
    const start: LstmState = { h: draw('h', [2, 3]), c: draw('c', [2, 3]) };
    const whole = lstmSequence(variables, x, start);
    let state = start;
    for (let t = 0; t < 5; t++) state = lstmStep(variables, x.slice(1, t, t + 1).reshape([2, 4]), state);
    const [h, c, hSteps, cSteps] = bench.evaluate([whole.state.h, whole.state.c, state.h, state.c]);
    expectClose(h as Value, hSteps as Value, 1e-12, 'h');
    expectClose(c as Value, cSteps as Value, 1e-12, 'c');
  });

  it('treats no state as zeros', () => {
    const bench = createWorkbench();
    const variables = bench.symbols(lstmCell(3).init(createRng(1), [2, 4]), 'lstm');
    const x = bench.symbol('x', createRng(2).draw([2, 4], { kind: 'normal' }));
    const zero = bench.symbol('zero', valueOf(new Array<number>(6).fill(0), [2, 3]));
    const [a, b] = bench.evaluate([lstmStep(variables, x).h, lstmStep(variables, x, { h: zero, c: zero }).h]);
    expectClose(a as Value, b as Value, 1e-15, 'h');
  });

  it('opens the forget gate at first, second of i, f, o, g', () => {
    const { bias } = lstmCell(2).init(createRng(1), ['N', 4]);
    expect(bias).toEqual(valueOf([0, 0, 1, 1, 0, 0, 0, 0]));
  });
});
