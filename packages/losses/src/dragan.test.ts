import { scalarOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testRegularizer } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { dragan } from './dragan.js';

testRegularizer({ name: 'dragan', create: () => dragan(), linear: (slope) => 10 * (slope - 1) ** 2 });
testRegularizer({
  name: 'dragan, of weight 2 and target 0.5',
  create: () => dragan({ weight: 2, target: 0.5 }),
  linear: (slope) => 2 * (slope - 0.5) ** 2,
});

describe('dragan', () => {
  const numbers = [0, 4, 1, -3, 2, 5];

  function build(fakeValue: number) {
    const bench = createWorkbench({ training: true });
    const real = bench.symbol('real', valueOf(numbers, [3, 2]));
    const fake = bench.symbol('fake', valueOf(new Array<number>(6).fill(fakeValue), [3, 2]));
    let seen: Tensor | undefined;
    const critic = (x: Tensor) => {
      if (x !== real && x !== fake) seen = x;
      return x.mul(x.tanh()).sum(1);
    };
    const penalty = dragan().penalty({
      discriminate: critic,
      real,
      fake,
      realLogits: critic(real),
      fakeLogits: critic(fake),
      ctx: bench.ctx,
    });
    return { bench, penalty, seen: seen as Tensor };
  }

  it('does not change when generated samples change', () => {
    const at = (fake: number) => {
      const { bench, penalty } = build(fake);
      return scalarOf(bench.evaluate([penalty])[0] as Value);
    };
    expect(at(0)).toBe(at(7));
    expect(at(0)).toBeGreaterThan(0);
  });

  it('looks at x + a · ½ std · u, with the std of the whole batch, u per element and a per sample', () => {
    const { bench, seen } = build(0);
    expect(bench.noise.map(({ name, shape }) => [name, shape])).toEqual([
      ['noise/perturbation', [3, 2]],
      ['noise/share', [3, 1]],
    ]);
    const unit = { distribution: { kind: 'uniform', low: 0, high: 1 } };
    expect(bench.noise).toMatchObject([unit, unit]);
    const feeds = {
      'noise/perturbation': valueOf([1, 0.5, 0, 1, 0.25, 0.75], [3, 2]),
      'noise/share': valueOf([1, 0.5, 0.25], [3, 1]),
    };
    const mean = numbers.reduce((sum, x) => sum + x, 0) / 6;
    const std = Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 6);
    const moves = [1, 0.5, 0, 0.5, 0.0625, 0.1875].map((share) => share * 0.5 * std);
    const expected = numbers.map((x, i) => x + (moves[i] as number));
    expectClose(bench.evaluate([seen], { feeds })[0] as Value, expected, 1e-12, 'points');
  });
});
