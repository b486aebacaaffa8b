import { GanymedeError } from '@ganymede/core';
import { describe, expect, it } from 'vitest';
import { bimatrix, zeroSum } from './bimatrix.js';
import { normalForm, payoffsAt, profileIndex, profilesOf } from './normal-form-game.js';
import { matchingPennies, stagHunt } from './named-games.js';

const code = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    if (GanymedeError.is(error)) return error.code;
  }
  return 'none';
};

describe('normal form', () => {
  it('keeps payoffs by profile, the last player fastest', () => {
    const game = normalForm({
      strategies: [
        ['a', 'b'],
        ['c', 'd', 'e'],
        ['f', 'g'],
      ],
      payoff: ([i = 0, j = 0, k = 0]) => [100 * i + 10 * j + k, i, -j],
    });
    expect(game.players).toEqual(['player 1', 'player 2', 'player 3']);
    expect(game.payoffs[0]).toEqual([0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121]);
    for (const profile of profilesOf([2, 3, 2]))
      expect(payoffsAt(game, profile)[0]).toBe(game.payoffs[0]?.[profileIndex(game, profile)]);
    expect(payoffsAt(game, [1, 2, 0])).toEqual([120, 1, -2]);
  });

  it('a bimatrix game has the payoffs of both', () => {
    expect(payoffsAt(stagHunt(), [0, 1])).toEqual([1, 3]);
    expect(payoffsAt(stagHunt(), [1, 0])).toEqual([3, 1]);
    expect(payoffsAt(matchingPennies(), [0, 1])).toEqual([-1, 1]);
    expect(zeroSum([[0, 2]]).payoffs).toEqual([
      [0, 2],
      [0, -2],
    ]);
  });

  it('refuses what does not fit', () => {
    const strategies = [['a'], ['b', 'c']];
    const bad = 'GANYMEDE_BAD_GAME';
    expect(code(() => normalForm({ strategies: [['a'], []], payoff: () => [0, 0] }))).toBe(bad);
    expect(code(() => normalForm({ strategies, payoff: () => [0] }))).toBe(bad);
    expect(code(() => normalForm({ strategies, payoff: () => [0, Number.NaN] }))).toBe(bad);
    expect(code(() => normalForm({ strategies, players: ['me'], payoff: () => [0, 0] }))).toBe(bad);
    expect(code(() => bimatrix([[1, 2]], [[1], [2]]))).toBe(bad);
    expect(
      code(() =>
        bimatrix(
          [[1, 2], [3]],
          [
            [1, 2],
            [3, 4],
          ],
        ),
      ),
    ).toBe(bad);
    expect(code(() => bimatrix([[1]], [[1]], { rows: ['a', 'b'] }))).toBe(bad);
    expect(code(() => payoffsAt(stagHunt(), [0, 2]))).toBe(bad);
    expect(code(() => payoffsAt(stagHunt(), [0]))).toBe(bad);
  });
});
