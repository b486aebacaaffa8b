import fs from 'node:fs';
import { createRng } from '@ganymede/core';
import { numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { assignmentWasserstein, wasserstein1d } from './empirical-wasserstein.js';
import { leastAssignment } from './least-assignment.js';

interface Fixture {
  readonly assignments: readonly { readonly costs: number[][]; readonly cost: number }[];
  readonly wasserstein1d: readonly {
    readonly a: number[];
    readonly b: number[];
    readonly distance: number;
  }[];
  readonly wasserstein2d: readonly {
    readonly a: number[][];
    readonly b: number[][];
    readonly distance: number;
  }[];
}
const fixture = JSON.parse(
  fs.readFileSync(new URL('../../fixtures/transport.json', import.meta.url), 'utf8'),
) as Fixture;

const uniform = (name: string, shape: readonly number[]): number[] =>
  numbersOf(createRng(2).child(name).draw(shape, { kind: 'uniform' }));
const rows = (numbers: readonly number[], size: number): Value =>
  valueOf(numbers, [numbers.length / size, size], 'float64');

/** The least cost over all n! pairings. */
function bruteForce(costs: readonly number[][], free = costs.map((_, i) => i)): number {
  const row = costs.length - free.length;
  if (free.length === 0) return 0;
  return Math.min(
    ...free.map(
      (column) =>
        (costs[row]?.[column] as number) +
        bruteForce(
          costs,
          free.filter((other) => other !== column),
        ),
    ),
  );
}

describe('leastAssignment', () => {
  it.each([1, 2, 3, 5, 7])('%i rows: as trying all pairings', (n) => {
    for (let trial = 0; trial < 10; trial++) {
      const numbers = uniform(`${n}/${trial}`, [n, n]).map((x) => (trial % 2 === 0 ? x : Math.floor(4 * x)));
      const costs = Array.from({ length: n }, (_, i) => numbers.slice(i * n, (i + 1) * n));
      const { columns, cost, potentials } = leastAssignment(costs);
      expect(cost).toBeCloseTo(bruteForce(costs), 12);
      const { rows: u, columns: v } = potentials;
      expect([...u, ...v].reduce((a, b) => a + b)).toBeCloseTo(cost, 10);
      for (const [i, row] of costs.entries())
        for (const [j, c] of row.entries())
          expect((u[i] as number) + (v[j] as number)).toBeLessThan(c + 1e-12);
      expect([...columns].sort()).toEqual(Array.from({ length: n }, (_, i) => i));
    }
  });

  it('costs below 0, and ties, are as good as others', () => {
    expect(
      leastAssignment([
        [-1, 0],
        [-1, -5],
      ]),
    ).toMatchObject({ columns: Int32Array.of(0, 1), cost: -6 });
    expect(leastAssignment([]).cost).toBe(0);
  });

  it("as SciPy's linear_sum_assignment", () => {
    for (const { costs, cost } of fixture.assignments)
      expect(leastAssignment(costs).cost).toBeCloseTo(cost, 10);
  });

  it('refuses what is no square matrix of finite numbers', () => {
    expect(() => leastAssignment([[1, 2]])).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_FEATURE_SIZE' }),
    );
    expect(() => leastAssignment([[Number.NaN]])).toThrow(/finite/);
  });
});

describe('wasserstein1d', () => {
  it("as SciPy's wasserstein_distance, of any counts", () => {
    for (const { a, b, distance } of fixture.wasserstein1d)
      expect(wasserstein1d(a, b)).toBeCloseTo(distance, 12);
  });

  it('refuses an empty sample and a NaN', () => {
    expect(() => wasserstein1d([], [1])).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_TOO_FEW_SAMPLES' }),
    );
    expect(() => wasserstein1d([Number.NaN], [1])).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_SAMPLES_NON_FINITE' }),
    );
  });
});

describe('assignmentWasserstein', () => {
  it('as SciPy, in the plane', () => {
    for (const { a, b, distance } of fixture.wasserstein2d)
      expect(assignmentWasserstein(rows(a.flat(), 2), rows(b.flat(), 2))).toBeCloseTo(distance, 10);
  });

  it.each([0.1, 1, -2.5])('parallel lines of one sample of 256 at %f are |theta| apart', (theta) => {
    const heights = uniform('z', [256]);
    const line = (x: number) =>
      rows(
        heights.flatMap((z) => [x, z]),
        2,
      );
    expect(Math.abs(assignmentWasserstein(line(0), line(theta)) - Math.abs(theta))).toBeLessThan(1e-12);
  });

  it('on the line it is what sorting says, whatever the order of the rows', () => {
    const [a, b] = [uniform('a', [100]), uniform('b', [100]).map((x) => 3 * x - 1)];
    expect(assignmentWasserstein(rows(a, 1), rows(b, 1))).toBeCloseTo(wasserstein1d(a, b), 12);
    expect(assignmentWasserstein(rows(a, 1), rows([...a].reverse(), 1))).toBe(0);
  });

  it('refuses other sizes, other counts, none, and NaN', () => {
    const code = (a: Value, b: Value) => {
      try {
        assignmentWasserstein(a, b);
        return undefined;
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    expect(code(rows([1, 2], 1), rows([1, 2], 2))).toBe('GANYMEDE_FEATURE_SIZE');
    expect(code(rows([1, 2], 1), rows([1], 1))).toBe('GANYMEDE_FEATURE_SIZE');
    expect(code(valueOf([], [0, 2]), valueOf([], [0, 2]))).toBe('GANYMEDE_TOO_FEW_SAMPLES');
    expect(code(rows([Number.NaN, 1], 2), rows([1, 2], 2))).toBe('GANYMEDE_SAMPLES_NON_FINITE');
  });
});
