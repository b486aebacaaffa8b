import { concat, evaluate, grad, input, numbersOf, type Tensor, valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { divergence } from './divergence.js';

const at = [0.3, -0.7, 1.1, 0.2, 0.5, -0.4];
const x = input('x', [2, 3], 'float64');
const feeds = { x: valueOf(at, [2, 3], 'float64') };
const coordinate = (y: Tensor, i: number): Tensor => y.slice(1, i, i + 1);

it('is the sum of the own derivatives, and gives the field', () => {
  const field = (y: Tensor): Tensor => {
    const [a, b, c] = [0, 1, 2].map((i) => coordinate(y, i)) as [Tensor, Tensor, Tensor];
    return concat([a.mul(a).mul(b), b.mul(c), c.mul(c).mul(c).add(a)], 1);
  };
  const results = evaluate({ ...divergence(field, x) }, feeds);
  const rows = [at.slice(0, 3), at.slice(3)] as [number, number, number][];
  expect(numbersOf(results.divergence)).toEqual(
    rows.map(([a, b, c]) => expect.closeTo(2 * a * b + c + 3 * c * c, 12)),
  );
  expect(numbersOf(results.field)).toEqual(
    rows.flatMap(([a, b, c]) => [a * a * b, b * c, c ** 3 + a].map((v) => expect.closeTo(v, 12))),
  );
});

it('of a gradient is the Laplacian', () => {
  const f = (y: Tensor): Tensor => y.square().sum([1], true).mul(-0.5).exp();
  const { laplacian } = evaluate(
    { laplacian: divergence((y) => grad(f(y).sum(), [y])[0], x).divergence },
    feeds,
  );
  expect(numbersOf(laplacian)).toEqual(
    [at.slice(0, 3), at.slice(3)].map((row) => {
      const square = row.reduce((s, v) => s + v * v, 0);
      return expect.closeTo((square - 3) * Math.exp(-square / 2), 12);
    }),
  );
});

it('can be differentiated for what the field depends on', () => {
  const w = input('w', [], 'float64');
  const { divergence: d } = divergence((y) => grad(y.mul(w).tanh().sum(), [y])[0], x);
  const [slope] = grad(d.sum(), [w]);
  const total = (weight: number): number =>
    at.reduce((sum, v) => {
      const t = Math.tanh(weight * v);
      return sum - 2 * weight ** 2 * t * (1 - t * t);
    }, 0);
  const { g } = evaluate({ g: slope }, { ...feeds, w: valueOf(0.8, [], 'float64') });
  expect(numbersOf(g)[0]).toBeCloseTo((total(0.8 + 1e-5) - total(0.8 - 1e-5)) / 2e-5, 7);
});
