import { createRng, flattenTree, type Tree, unflattenTree } from '@ganymede/core';
import { adam, applyUpdates, dense, leakyRelu, schedules, sequential } from '@ganymede/nn';
import { evaluate, grad, graph, optimize, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { gradientPenalty } from './gradient-penalty.js';
import { wasserstein } from './wasserstein.js';

const size = 8;
const rows = (x: number, y: number) =>
  valueOf(
    Array.from({ length: 2 * size }, (_, i) => (i % 2 === 0 ? x : y)),
    [size, 2],
  );

/**
 * Trains a critic between all real samples at (0, 0) and all generated ones at (3, 4) and returns f(real) − f(fake). Against the
 * penalty λ(slope − 1)² the best slope along the line is 1 + d / (2λ), with d = 5.
 */
function trainedDifference(weight: number, hidden: number, steps: number): number {
  const critic =
    hidden === 0
      ? sequential(dense(1))
      : sequential(dense(hidden), leakyRelu(0.2), dense(hidden), leakyRelu(0.2), dense(1));
  const optimizer = adam({ rate: schedules.cosine({ from: 0.02, steps }), beta1: 0.5, beta2: 0.9 });
  const bench = createWorkbench({ training: true, dtype: 'float32' });
  let params: Tree<Value> = critic.init(createRng(1), [size, 2]);
  let slots: Tree<Value> = optimizer.init(params);
  const symbols = bench.symbols(params, 'params');
  const [real, fake] = [bench.symbol('real', rows(0, 0)), bench.symbol('fake', rows(3, 4))];
  const discriminate = (x: Tensor) => critic.apply(symbols, x, bench.ctx);
  const [realLogits, fakeLogits] = [discriminate(real), discriminate(fake)];
  const input = { discriminate, real, fake, realLogits, fakeLogits, ctx: bench.ctx };
  const loss = wasserstein()
    .discriminator(realLogits, fakeLogits)
    .add(gradientPenalty({ weight }).penalty(input));
  const leaves = flattenTree(symbols);
  const gradients = grad(loss, Object.values(leaves));
  const tree = unflattenTree(
    Object.fromEntries(Object.keys(leaves).map((path, i) => [path, gradients[i] as Tensor])),
  );
  const next = optimizer.update(tree, bench.symbols(slots, 'slots'), symbols, bench.ctx);
  const outputs = {
    ...flattenTree(applyUpdates(symbols, next.updates), 'params'),
    ...flattenTree(next.slots, 'slots'),
    difference: realLogits.mean().sub(fakeLogits.mean()),
  };
  const step = optimize(graph({ outputs }));
  let difference = 0;
  for (let call = 0; call < steps; call++) {
    const feeds: Record<string, Value> = {
      ...flattenTree(params, 'params'),
      ...flattenTree(slots, 'slots'),
      real: rows(0, 0),
      fake: rows(3, 4),
    };
    for (const { name, shape, distribution } of bench.noise) {
      feeds[name] = createRng(1)
        .child(name)
        .draw(shape as readonly number[], distribution, call);
    }
    for (const { name, value } of bench.scalars)
      feeds[name] = valueOf(typeof value === 'function' ? value(call) : value);
    const { difference: found, ...state } = evaluate(step, feeds);
    params = unflattenTree(state, 'params');
    slots = unflattenTree(state, 'slots');
    difference = Number(found?.data[0]);
  }
  return difference;
}

describe('WGAN-GP between two points at distance 5', () => {
  // λ, hidden units (0: a linear critic), steps, slope
  it.each([
    [10, 0, 400, 1.25],
    [100, 0, 400, 1.025],
    [10, 16, 600, 1.25],
    [100, 16, 600, 1.025],
  ])('λ %d, %d hidden units: the critic’s slope becomes 1 + 5 / 2λ', (weight, hidden, steps, slope) => {
    const difference = trainedDifference(weight, hidden, steps);
    expect(difference).toBeGreaterThan(5 * slope * 0.97);
    expect(difference).toBeLessThan(5 * slope * 1.03);
  });
});
