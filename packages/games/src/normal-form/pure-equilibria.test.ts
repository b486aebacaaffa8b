import { expect, it } from 'vitest';
import {
  battleOfTheSexes,
  matchingPennies,
  pigs,
  prisonersDilemma,
  rockPaperScissors,
  stagHunt,
} from './named-games.js';
import { normalForm } from './normal-form-game.js';
import { bestReplies, pureEquilibria } from './pure-equilibria.js';

it.each([
  [
    stagHunt(),
    [
      [0, 0],
      [1, 1],
    ],
  ],
  [pigs(), [[0, 1]]],
  [matchingPennies(), []],
  [prisonersDilemma(), [[1, 1]]],
  [
    battleOfTheSexes(),
    [
      [0, 0],
      [1, 1],
    ],
  ],
  [rockPaperScissors(), []],
])('$name', (game, expected) => {
  expect(pureEquilibria(game)).toEqual(expected);
});

it('of three players: everybody where the others are', () => {
  const game = normalForm({
    strategies: [
      ['l', 'r'],
      ['l', 'r'],
      ['l', 'r'],
    ],
    payoff: (profile) => profile.map((s) => profile.filter((t) => t === s).length),
  });
  expect(pureEquilibria(game)).toEqual([
    [0, 0, 0],
    [1, 1, 1],
  ]);
  expect(bestReplies(game, [1, 0, 0], 0)).toEqual([0]);
  expect(bestReplies(game, [0, 0, 1], 2)).toEqual([0]);
  expect(bestReplies(game, [1, 0, 1], 0)).toEqual([0, 1]);
});

it('ties are all best', () => {
  expect(bestReplies(rockPaperScissors(), [0, 0], 0)).toEqual([1]);
  const flat = normalForm({ strategies: [['a', 'b'], ['c']], payoff: () => [0, 0] });
  expect(bestReplies(flat, [0, 0], 0)).toEqual([0, 1]);
  expect(pureEquilibria(flat)).toEqual([
    [0, 0],
    [1, 0],
  ]);
});
