import { expect, it } from 'vitest';
import { bimatrix } from './bimatrix.js';
import { residual } from './expected-payoffs.js';
import { fictitiousPlay } from './fictitious-play.js';
import { matchingPennies, rockPaperScissors, stagHunt } from './named-games.js';

it('plays the first rounds as by hand', () => {
  // Both know heads: even keeps heads, odd goes to tails; shares (1, 0), (1/2, 1/2): a tie, even takes the first.
  expect(fictitiousPlay(matchingPennies(), { rounds: 3 }).path).toEqual([
    [0, 0],
    [0, 1],
    [0, 1],
    [1, 1],
  ]);
});

it.each([matchingPennies(), rockPaperScissors()])('$name: shares approach the equilibrium', (game) => {
  const far = residual(game, fictitiousPlay(game, { rounds: 100 }).shares);
  const near = residual(game, fictitiousPlay(game, { rounds: 10_000 }).shares);
  expect(near).toBeLessThan(0.02);
  expect(near).toBeLessThan(far / 4);
});

it('rests at a pure equilibrium', () => {
  expect(fictitiousPlay(stagHunt(), { start: [1, 1], rounds: 10 }).shares).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

it("does not converge in Shapley's game", () => {
  const game = bimatrix(
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    [
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ],
  );
  const regretsAt = [2000, 5000, 10_000].map((rounds) =>
    residual(game, fictitiousPlay(game, { rounds, start: [0, 1] }).shares),
  );
  for (const regret of regretsAt) expect(regret).toBeGreaterThan(0.05);
});
