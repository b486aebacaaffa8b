import { filled, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testRegularizer } from '@ganymede/testing';
import { expect, it } from 'vitest';
import { lecam } from './lecam.js';

const state = { real: filled([], 0.7), fake: filled([], -0.4) };
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
const float = Math.fround;

testRegularizer({
  name: 'lecam',
  create: () => lecam(),
  state,
  value: ({ real, fake, weights }) =>
    0.3 *
    (mean(real.map((x) => (dot(x, weights) - float(-0.4)) ** 2)) +
      mean(fake.map((x) => (dot(x, weights) - float(0.7)) ** 2))),
});
testRegularizer({
  name: 'lecam, rectified',
  create: () => lecam({ rectified: true, weight: 2 }),
  state,
  value: ({ real, fake, weights }) =>
    2 *
    (mean(real.map((x) => Math.max(0, dot(x, weights) - float(-0.4)) ** 2)) +
      mean(fake.map((x) => Math.max(0, float(0.7) - dot(x, weights)) ** 2))),
});

it('lecam moves its anchors towards the mean logits', () => {
  const bench = createWorkbench({ training: true });
  const [realLogits, fakeLogits] = [
    bench.symbol('r', valueOf([2, 4], [2, 1])),
    bench.symbol('g', valueOf([-1, 0, -3, 0], [4, 1])),
  ];
  lecam({ decay: 0.9 }).penalty({
    discriminate: (x) => x,
    real: realLogits,
    fake: fakeLogits,
    realLogits,
    fakeLogits,
    ctx: bench.ctx,
    state: bench.symbols({ real: filled([], 1), fake: filled([], 0.5) }, 'state'),
  });
  const next = ['real', 'fake'].map((name) => bench.bufferUpdates.get(name));
  const [real, fake] = bench.evaluate(next.filter((x) => x !== undefined));
  expectClose(real as Value, [0.9 + 0.3], 1e-12, 'real');
  expectClose(fake as Value, [0.45 - 0.1], 1e-12, 'fake');
  expect(lecam().init()).toEqual({ real: filled([], 0), fake: filled([], 0) });
});
