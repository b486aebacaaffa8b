import { createRng } from '@ganymede/core';
import { numbersOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { bimatrix, zeroSum } from './bimatrix.js';
import { residual } from './expected-payoffs.js';
import {
  battleOfTheSexes,
  matchingPennies,
  pigs,
  prisonersDilemma,
  rockPaperScissors,
  stagHunt,
} from './named-games.js';
import { type NormalFormGame, normalForm } from './normal-form-game.js';
import { pureEquilibria } from './pure-equilibria.js';
import { mixedEquilibria } from './support-enumeration.js';

const third = 1 / 3;

const expectEquilibria = (game: NormalFormGame, expected: readonly (readonly (readonly number[])[])[]) => {
  const found = mixedEquilibria(game);
  expect(found).toHaveLength(expected.length);
  for (const want of expected) {
    const near = found.some((got) =>
      got.every((p, i) => p.every((x, s) => Math.abs(x - (want[i]?.[s] as number)) < 1e-12)),
    );
    expect(near, JSON.stringify({ want, found })).toBe(true);
  }
};

/** A game with payoffs on a grid of `levels` numbers: the fewer, the more ties. */
const random = (seed: number, levels: number, [m, n] = [3, 3] as [number, number]): NormalFormGame => {
  const draw = (name: string) => {
    const data = numbersOf(
      createRng(seed)
        .child(name)
        .draw([m * n], { kind: 'uniform' }),
    );
    const all = Array.from(data, (x) => Math.floor(x * levels) / levels);
    return Array.from({ length: m }, (_, i) => all.slice(i * n, (i + 1) * n));
  };
  return bimatrix(draw('a'), draw('b'));
};

describe('support enumeration', () => {
  it('finds all equilibria of the named games', () => {
    const [a, b] = [
      [1, 0],
      [0, 1],
    ] as const;
    expectEquilibria(stagHunt(), [
      [a, a],
      [b, b],
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    ]);
    expectEquilibria(pigs(), [[a, b]]);
    expectEquilibria(prisonersDilemma(), [[b, b]]);
    expectEquilibria(matchingPennies(), [
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    ]);
    expectEquilibria(battleOfTheSexes(), [
      [a, a],
      [b, b],
      [
        [0.6, 0.4],
        [0.4, 0.6],
      ],
    ]);
    const even = [third, third, third];
    expectEquilibria(rockPaperScissors(), [[even, even]]);
  });

  it('of a degenerate game, finds the corners of its faces', () => {
    // von Stengel 2007, example (3.20): rows 3 x 2 with a pure equilibrium on an edge.
    const game = bimatrix(
      [
        [3, 3],
        [2, 5],
        [0, 6],
      ],
      [
        [3, 3],
        [2, 6],
        [3, 1],
      ],
    );
    expectEquilibria(game, [
      [
        [1, 0, 0],
        [1, 0],
      ],
      [
        [1, 0, 0],
        [2 / 3, 1 / 3],
      ],
      [
        [0, third, 2 * third],
        [third, 2 * third],
      ],
    ]);
  });

  it('a game in which nothing matters has all pure profiles as corners', () => {
    const flat = normalForm({
      strategies: [
        ['a', 'b'],
        ['c', 'd', 'e'],
      ],
      payoff: () => [7, 7],
    });
    expect(mixedEquilibria(flat)).toHaveLength(6);
    expect(pureEquilibria(flat)).toHaveLength(6);
  });

  it('every random 3 x 3 game has one, an odd number where there are no ties', () => {
    for (let seed = 0; seed < 300; seed++) {
      const game = random(seed, 2 ** 23);
      const found = mixedEquilibria(game);
      expect(found.length % 2, `seed ${seed}`).toBe(1);
      for (const mixed of found) expect(residual(game, mixed)).toBeLessThan(1e-9);
      expect(found.filter((mixed) => mixed.every((p) => Math.max(...p) === 1))).toHaveLength(
        pureEquilibria(game).length,
      );
    }
  });

  it('so has every game full of ties, square or not, at any scale', () => {
    for (let seed = 0; seed < 200; seed++)
      for (const size of [
        [3, 3],
        [2, 4],
      ] as [number, number][]) {
        const ties = random(seed, 3, size);
        const game = { ...ties, payoffs: ties.payoffs.map((table) => table.map((x) => 1e6 * x - 3e6)) };
        const found = mixedEquilibria(game);
        expect(found.length, `seed ${seed}`).toBeGreaterThan(0);
        for (const mixed of found) expect(residual(game, mixed)).toBeLessThan(1e-9 * 1e6);
        expect(found.length).toBeGreaterThanOrEqual(pureEquilibria(game).length);
      }
  });

  it('needs two players', () => {
    const solo = normalForm({ strategies: [['a']], payoff: () => [0] });
    expect(() => mixedEquilibria(solo)).toThrow(expect.objectContaining({ code: 'GANYMEDE_BAD_GAME' }));
  });

  it('one strategy against many', () => {
    expectEquilibria(zeroSum([[3, 1, 2]]), [[[1], [0, 1, 0]]]);
  });
});
