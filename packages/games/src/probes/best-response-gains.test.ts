import { expect, it } from 'vitest';
import { zeroSumPlane } from '../gradient-play/differentiable-game.js';
import { bilinearGame, dampedGame } from '../gradient-play/named-plane-games.js';
import { bestResponseGains } from './best-response-gains.js';

/** f = x²/2 + x y − y²/2: the best x is −y, the best y is x. */
const saddle = zeroSumPlane('saddle', (x, y) => x.square().sub(y.square()).mul(0.5).add(x.mul(y)), [2, -1]);

it('of a quadratic saddle, by hand', () => {
  const { gains, gap } = bestResponseGains(saddle, { rate: 0.5, steps: 60 });
  expect(gains.x).toBeCloseTo((2 - 1) ** 2 / 2, 9);
  expect(gains.y).toBeCloseTo((2 + 1) ** 2 / 2, 9);
  expect(gap).toBeCloseTo(5, 9);
});

it('is zero at the equilibrium, and only there', () => {
  expect(bestResponseGains(saddle, { at: [0, 0] }).gap).toBe(0);
  expect(bestResponseGains(dampedGame(), { at: [0, 0] }).gap).toBe(0);
  expect(bestResponseGains(dampedGame(), { at: [0.1, 0] }).gap).toBeGreaterThan(0.01);
});

it('without an optimum, what the steps allow: linear losses fall by rate times slope squared', () => {
  const { gains } = bestResponseGains(bilinearGame(), { at: [2, 3], rate: 0.1, steps: 10 });
  expect(gains.x).toBeCloseTo(10 * 0.1 * 9, 10);
  expect(gains.y).toBeCloseTo(10 * 0.1 * 4, 10);
});
