import { valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testRegularizer } from '@ganymede/testing';
import { expect, it } from 'vitest';
import { r2 } from './r2.js';

testRegularizer({ name: 'r2', create: () => r2(), linear: (slope) => 5 * slope ** 2 });
testRegularizer({ name: 'r2, gamma 1', create: () => r2({ gamma: 1 }), linear: (slope) => slope ** 2 / 2 });

it('r2 looks at generated samples alone', () => {
  const bench = createWorkbench({ training: true });
  const real = bench.symbol('real', valueOf([9, 9], [1, 2]));
  const fake = bench.symbol('fake', valueOf([1, 2, 3, 0], [2, 2]));
  const critic = (x: typeof real) => x.square().sum(1);
  const penalty = r2({ gamma: 1 }).penalty({
    discriminate: critic,
    real,
    fake,
    realLogits: critic(real),
    fakeLogits: critic(fake),
    ctx: bench.ctx,
  });
  // The slope of x² + y² is 2·(x, y): squared norms 20 and 36.
  expectClose(bench.evaluate([penalty])[0] ?? [], 14, 1e-12, 'penalty');
  expect(bench.noise).toEqual([]);
});
