import { flattenTree, type Optimizer, type Tree, unflattenTree } from '@ganymede/core';
import { type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testOptimizer } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { optimizerSteps } from '../../test/fixture.js';
import { accumulate } from './accumulate.js';
import { adam } from './adam.js';
import { adamw } from './adamw.js';
import { applyUpdates } from './apply-updates.js';
import { lookahead } from './lookahead.js';
import { optimisticAdam } from './optimistic-adam.js';
import { optimisticSgd } from './optimistic-sgd.js';
import { rmsprop } from './rmsprop.js';
import { sgd } from './sgd.js';

const rate = 1 / 128;

/** By the name of the sequence in fixtures/optimizer-steps.json: one row per optimizer and option. */
const table: Readonly<Record<string, () => Optimizer>> = {
  sgd: () => sgd({ rate }),
  'sgd momentum': () => sgd({ rate, momentum: 0.9 }),
  'sgd nesterov': () => sgd({ rate, momentum: 0.9, nesterov: true }),
  adam: () => adam({ rate }),
  'adam beta1 0': () => adam({ rate, beta1: 0, beta2: 0.9 }),
  adamw: () => adamw({ rate, decay: 0.25 }),
  rmsprop: () => rmsprop({ rate }),
  'rmsprop centred': () => rmsprop({ rate, centred: true }),
  'rmsprop momentum': () => rmsprop({ rate, momentum: 0.5 }),
  'rmsprop centred momentum': () =>
    rmsprop({ rate, decay: 0.99, centred: true, momentum: 0.5, epsilon: 1e-4 }),
  'optimistic sgd': () => optimisticSgd({ rate }),
  'optimistic adam': () => optimisticAdam({ rate }),
  'lookahead sgd': () => lookahead(sgd({ rate })),
  'lookahead adam': () => lookahead(adam({ rate }), { every: 3, rate: 0.8 }),
  'accumulate sgd': () => accumulate(sgd({ rate }), 4),
  'accumulate adam': () => accumulate(adam({ rate }), 5),
};

/** Parameters after each step on the fixture's gradients, in float64. */
function follow(optimizer: Optimizer): Value[] {
  let params: Value = valueOf(optimizerSteps.initial, undefined, 'float64');
  let slots = optimizer.init({ p: params });
  return optimizerSteps.gradients.map((gradient, call) => {
    const bench = createWorkbench({ training: true });
    const p = bench.symbols({ p: params }, 'p');
    const g = bench.symbols({ p: valueOf(gradient, undefined, 'float64') }, 'g');
    const result = optimizer.update(g, bench.symbols(slots, 's'), p, bench.ctx);
    const flat = flattenTree<Tensor>(result.slots);
    const next = applyUpdates(p, result.updates).p as Tensor;
    const [moved, ...after] = bench.evaluate([next, ...Object.values(flat)], { call });
    params = moved as Value;
    slots = unflattenTree(
      Object.fromEntries(Object.keys(flat).map((path, i) => [path, after[i] as Value])),
    ) as Tree<Value>;
    return params;
  });
}

describe('every optimizer over 20 steps, in float64', () => {
  it('has a sequence, and every sequence an optimizer', () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(optimizerSteps.after).sort());
  });

  it.each(Object.keys(table))('%s', (name) => {
    const found = follow((table[name] as () => Optimizer)());
    expect(found.length).toBe(20);
    for (const [i, after] of (optimizerSteps.after[name] ?? []).entries()) {
      expectClose(found[i] as Value, after, 1e-12, `step ${i}`);
    }
  });
});

testOptimizer({
  name: 'adamw',
  create: () => adamw({ rate: 0.05 }),
  skip: { still: 'decay moves parameters without a gradient' },
});
testOptimizer({ name: 'rmsprop, centred', create: () => rmsprop({ rate: 0.01, centred: true }), steps: 400 });
testOptimizer({ name: 'rmsprop, momentum', create: () => rmsprop({ rate: 0.02, momentum: 0.5 }) });
testOptimizer({ name: 'optimistic sgd', create: () => optimisticSgd({ rate: 0.1 }), steps: 50 });
testOptimizer({ name: 'optimistic adam', create: () => optimisticAdam({ rate: 0.05 }) });
testOptimizer({ name: 'lookahead of adam', create: () => lookahead(adam({ rate: 0.05 })), steps: 400 });
testOptimizer({ name: 'accumulated adam', create: () => accumulate(adam({ rate: 0.05 }), 2), steps: 400 });

describe('accumulate', () => {
  it('shows a schedule the number of updates, not of gradients', () => {
    const calls: number[] = [];
    const optimizer = accumulate(
      sgd({
        rate: (call) => {
          calls.push(call);
          return 1;
        },
      }),
      3,
    );
    for (let call = 0; call < 7; call++) {
      const bench = createWorkbench({ training: true });
      const p = bench.symbols({ p: valueOf([1]) }, 'p');
      const slots = bench.symbols(optimizer.init({ p: valueOf([1]) }), 's');
      bench.evaluate([optimizer.update(p, slots, p, bench.ctx).updates.p as Tensor], { call });
    }
    expect(calls).toEqual([0, 0, 0, 1, 1, 1, 2]);
  });

  it('of one gradient is the optimizer itself', () => {
    const optimizer = sgd({ rate: 1 });
    expect(accumulate(optimizer, 1)).toBe(optimizer);
  });
});

describe('options', () => {
  it.each([
    ['lookahead', () => lookahead(sgd(), { every: 0 }), 'every'],
    ['lookahead', () => lookahead(sgd(), { rate: 0 }), 'rate'],
    ['accumulate', () => accumulate(sgd(), 1.5), 'count'],
  ])('of %s that make no sense are refused', (_, make, option) => {
    expect(make).toThrow(expect.objectContaining({ code: 'GANYMEDE_OPTION' }));
    expect(make).toThrow(option);
  });
});
