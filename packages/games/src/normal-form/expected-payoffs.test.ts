import type { GanymedeError } from '@ganymede/core';
import { expect, it } from 'vitest';
import { expectedPayoffs, pureProfile, regrets, replyPayoffs, residual } from './expected-payoffs.js';
import { pigs, stagHunt } from './named-games.js';
import { normalForm } from './normal-form-game.js';

it('expects what the probabilities say', () => {
  // Against stag with probability q: 4q + (1 - q) and 3q + 2(1 - q).
  const mixed = [
    [0.25, 0.75],
    [0.1, 0.9],
  ];
  const [stag, hare] = replyPayoffs(stagHunt(), mixed, 0) as [number, number];
  expect(stag).toBeCloseTo(1.3, 12);
  expect(hare).toBeCloseTo(2.1, 12);
  expect(expectedPayoffs(stagHunt(), mixed)[0]).toBeCloseTo(0.25 * 1.3 + 0.75 * 2.1, 12);
  expect(regrets(stagHunt(), mixed)[0]).toBeCloseTo(0.25 * (2.1 - 1.3), 12);
});

it('of three players, each counts the others', () => {
  const game = normalForm({
    strategies: [
      ['0', '1'],
      ['0', '1'],
      ['0', '1'],
    ],
    payoff: ([i = 0, j = 0, k = 0]) => [i * j * k, i + 2 * j + 4 * k, k === i ? 1 : 0],
  });
  const mixed = [
    [0.5, 0.5],
    [0.2, 0.8],
    [0.9, 0.1],
  ];
  expect(expectedPayoffs(game, mixed)[0]).toBeCloseTo(0.5 * 0.8 * 0.1, 12);
  expect(expectedPayoffs(game, mixed)[1]).toBeCloseTo(0.5 + 1.6 + 0.4, 12);
  expect(expectedPayoffs(game, mixed)[2]).toBeCloseTo(0.5, 12);
});

it('a pure equilibrium has no regret, another profile has', () => {
  expect(residual(pigs(), pureProfile(pigs(), [0, 1]))).toBe(0);
  expect(regrets(pigs(), pureProfile(pigs(), [0, 0]))).toEqual([2, 1]);
});

it('refuses what is no mixture', () => {
  for (const mixed of [
    [[1, 0]],
    [
      [1, 0],
      [0.5, 0.4],
    ],
    [
      [1, 0],
      [1.5, -0.5],
    ],
    [[1, 0], [1]],
    [[1, 0], [0, 1], [1]],
  ])
    expect(() => expectedPayoffs(stagHunt(), mixed)).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_BAD_STRATEGY' }) as GanymedeError,
    );
});
