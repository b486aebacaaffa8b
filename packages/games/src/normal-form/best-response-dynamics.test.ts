import { expect, it } from 'vitest';
import { bestResponseDynamics } from './best-response-dynamics.js';
import { matchingPennies, pigs, rockPaperScissors, stagHunt } from './named-games.js';
import { profilesOf } from './normal-form-game.js';

it.each([stagHunt(), pigs()])('alternating, $name rests within three moves from everywhere', (game) => {
  for (const start of profilesOf([2, 2])) {
    const { outcome, moves, period, path } = bestResponseDynamics(game, start);
    expect(outcome).toBe('fixed-point');
    expect(moves).toBeLessThanOrEqual(3);
    expect(period).toBe(1);
    expect(path).toHaveLength(moves + 1);
    if (game.name === 'pigs') expect(path.at(-1)).toEqual([0, 1]);
  }
});

it('who starts decides which hunt it is', () => {
  // The row player replies first: to a stag hunter with the stag, to a hare hunter with the hare.
  expect(bestResponseDynamics(stagHunt(), [1, 0]).path.at(-1)).toEqual([0, 0]);
  expect(bestResponseDynamics(stagHunt(), [0, 1]).path.at(-1)).toEqual([1, 1]);
});

it('simultaneous moves in a stag hunt swap forever', () => {
  expect(bestResponseDynamics(stagHunt(), [0, 1], { order: 'simultaneous' })).toEqual({
    outcome: 'cycle',
    path: [
      [0, 1],
      [1, 0],
      [0, 1],
    ],
    moves: 0,
    period: 2,
  });
});

it('matching pennies go around in four moves', () => {
  for (const start of profilesOf([2, 2])) {
    const { outcome, period } = bestResponseDynamics(matchingPennies(), start);
    expect([outcome, period]).toEqual(['cycle', 4]);
  }
  expect(bestResponseDynamics(matchingPennies(), [0, 0], { order: 'simultaneous' }).period).toBe(4);
});

it('rock, paper, scissors goes around in six', () => {
  expect(bestResponseDynamics(rockPaperScissors(), [0, 0])).toMatchObject({ outcome: 'cycle', period: 6 });
});

it('gives up at the limit, refuses what is no profile', () => {
  expect(() => bestResponseDynamics(matchingPennies(), [0, 0], { limit: 2 })).toThrow(
    expect.objectContaining({ code: 'GANYMEDE_NOT_CONVERGED' }),
  );
  expect(() => bestResponseDynamics(matchingPennies(), [2, 0])).toThrow(
    expect.objectContaining({ code: 'GANYMEDE_BAD_GAME' }),
  );
});
