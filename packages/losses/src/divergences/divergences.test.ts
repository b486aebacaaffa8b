import { grad, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { type DivergenceName, divergences } from './index.js';

/** T* = f′(u), f and an α of each. */
const rows: readonly (readonly [DivergenceName, (u: number) => number, (u: number) => number, number?])[] = [
  ['kl', (u) => 1 + Math.log(u), (u) => u * Math.log(u)],
  ['reverse-kl', (u) => -1 / u, (u) => -Math.log(u)],
  ['pearson', (u) => 2 * (u - 1), (u) => (u - 1) ** 2],
  ['neyman', (u) => 1 - 1 / u ** 2, (u) => (1 - u) ** 2 / u],
  ['squared-hellinger', (u) => 1 - 1 / Math.sqrt(u), (u) => (Math.sqrt(u) - 1) ** 2],
  [
    'jensen-shannon',
    (u) => Math.log((2 * u) / (1 + u)),
    (u) => u * Math.log(u) - (u + 1) * Math.log((1 + u) / 2),
  ],
  ['gan', (u) => Math.log(u / (u + 1)), (u) => u * Math.log(u) - (u + 1) * Math.log(u + 1)],
  ['jeffrey', (u) => Math.log(u) + 1 - 1 / u, (u) => (u - 1) * Math.log(u)],
  ['total-variation', (u) => Math.sign(u - 1) / 2, (u) => Math.abs(u - 1) / 2],
  ...[-1, 0.5, 1.5, 2].map(
    (alpha) =>
      [
        'alpha',
        (u: number) => (u ** (alpha - 1) - 1) / (alpha - 1),
        (u: number) => (u ** alpha - 1 - alpha * (u - 1)) / (alpha * (alpha - 1)),
        alpha,
      ] as const,
  ),
];

describe('divergences', () => {
  it('all of them have a row', () => {
    expect([...new Set(rows.map(([name]) => name))].sort()).toEqual(Object.keys(divergences).sort());
  });

  it.each(rows.map((row) => [`${row[0]} ${row[3] ?? ''}`, row] as const))(
    'at the best logit of %s the bound is tight: T* = f′(u) and u T* − f*(T*) = f(u)',
    (_, [name, slope, f, alpha = 0]) => {
      const { activation, conjugate, bestLogit, range } = divergences[name](alpha);
      for (const u of [0.2, 0.7, 3]) {
        const bench = createWorkbench();
        const v = bench.symbol('v', valueOf([bestLogit(u)], undefined, 'float64'));
        const [t, paid] = [activation(v), conjugate(v)];
        const expected = t.mul(u).sub(paid);
        const [best, bound, rest] = bench.evaluate([t, expected, ...grad(expected, [v])]) as [
          Value,
          Value,
          Value,
        ];
        expectClose(best, slope(u), 1e-12, `T* at ${u}`);
        expectClose(bound, f(u), 1e-12, `bound at ${u}`);
        expectClose(rest, 0, 1e-12, `derivative of the bound at ${u}`);
      }
      expect(range[0]).toBeLessThan(range[1]);
    },
  );

  it('have finite ranges where the densities are bounded', () => {
    expect(divergences['squared-hellinger']().range).toEqual([0, 2]);
    expect(divergences.alpha(0.5).range).toEqual([0, 4]);
    expect(divergences.alpha(2).range).toEqual([0, Infinity]);
  });
});
