import { expect, it } from 'vitest';
import { linearQuadraticGame } from './linear-quadratic-game.js';
import { integrateMoments, sdeMoments } from './moment-equations.js';
import { affineGradients, certain } from './quadratic-moments.js';
import { stationaryMoments } from './stationary-moments.js';

it('the variance is proportional to rate over minibatch', () => {
  const scaled = [
    [0.02, 1],
    [0.01, 1],
    [0.01, 4],
    [0.005, 2],
  ].map(([rate, batch]) => {
    const { covariance } = stationaryMoments(linearQuadraticGame(), {
      rate: rate as number,
      batch: batch as number,
    });
    return (((covariance[0] as number[])[0] as number) * (batch as number)) / (rate as number);
  });
  for (const x of scaled) expect(Math.abs(x / (scaled[3] as number) - 1)).toBeLessThan(0.1);
});

it('its mean is the saddle point, its covariance nearly that of the equation', () => {
  const game = linearQuadraticGame();
  const { mean, covariance } = stationaryMoments(game, { rate: 0.01 });
  // gθ = −0.8 ω + 0.3 θ = 0 and gω = 1 − 0.8 θ − 0.7 ω = 0.
  const theta = 0.8 / (0.3 * 0.7 + 0.64);
  expect(mean).toEqual([expect.closeTo(theta, 10), expect.closeTo((0.3 * theta) / 0.8, 10)]);
  const settled = integrateMoments(
    sdeMoments(affineGradients(game), { rate: 0.01 }),
    certain([0, 0]),
    60,
    6000,
  );
  const variance = settled.get(1, 1) - settled.get(1, 2) ** 2;
  expect(((covariance[1] as number[])[1] as number) / variance).toBeCloseTo(1, 2);
});

it('refuses a game that does not settle', () => {
  const outward = linearQuadraticGame({ discriminatorCurvature: -1 });
  expect(() => stationaryMoments(outward, { rate: 0.1 })).toThrow(
    expect.objectContaining({ code: 'GANYMEDE_BAD_GAME' }),
  );
});
