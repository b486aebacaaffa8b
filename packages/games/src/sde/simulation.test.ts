import { numbersOf, valueOf } from '@ganymede/tensor';
import type { Matrix } from 'ml-matrix';
import { expect, it } from 'vitest';
import { linearQuadraticGame } from './linear-quadratic-game.js';
import { trainingMoments } from './moment-equations.js';
import { affineGradients, certain } from './quadratic-moments.js';
import { simulateSde } from './simulate-sde.js';
import { simulateTraining } from './simulate-training.js';
import { pathMeans } from './simulation.js';

const start = { theta: [0.2], omega: [0.1] };
const game = linearQuadraticGame();

it('training has the moments that the moment equation says', async () => {
  const records = await simulateTraining(game, {
    start,
    rate: 0.1,
    batch: 2,
    paths: 4000,
    steps: 10,
    every: 5,
  });
  expect(records.map(({ step }) => step)).toEqual([0, 5, 10]);
  const step = trainingMoments(affineGradients(game), { rate: 0.1, batch: 2 });
  let moments: Matrix = certain([0.2, 0.1]);
  for (let i = 0; i < 10; i++) moments = step(moments);
  const last = records[2] as (typeof records)[0];
  for (const [i, { mean, error }] of pathMeans(last).entries()) {
    expect(error).toBeGreaterThan(0);
    expect(Math.abs(mean - moments.get(i, 2))).toBeLessThan(4 * error);
  }
  const squares = pathMeans({
    theta: valueOf(
      numbersOf(last.theta).map((x) => x ** 2),
      last.theta.shape,
    ),
    omega: valueOf(
      numbersOf(last.omega).map((x) => x ** 2),
      last.omega.shape,
    ),
  });
  for (const [i, { mean, error }] of squares.entries())
    expect(Math.abs(mean - moments.get(i, i))).toBeLessThan(4 * error);
});

it('a single sample makes both deterministic', async () => {
  const certainGame = linearQuadraticGame({ spread: 0 });
  const trained = await simulateTraining(certainGame, { start, rate: 0.05, steps: 20, every: 20 });
  const sde = await simulateSde(certainGame, { start, rate: 0.05, steps: 20, every: 20, substeps: 50 });
  const [a, b] = [pathMeans(trained[1] as (typeof trained)[0]), pathMeans(sde[1] as (typeof sde)[0])];
  expect(a).toHaveLength(2);
  for (const [i, { mean }] of a.entries()) expect(Math.abs(mean - (b[i]?.mean as number))).toBeLessThan(2e-3);
});

it('equal seeds give equal paths, other seeds others', async () => {
  const options = { start, rate: 0.1, paths: 3, steps: 2, substeps: 2 };
  const [a, b, c] = await Promise.all([
    simulateSde(game, options),
    simulateSde(game, options),
    simulateSde(game, { ...options, seed: 2 }),
  ]);
  expect(a).toEqual(b);
  expect(a[2]?.theta).not.toEqual(c[2]?.theta);
});

it('refuses what makes no sense', async () => {
  const code = expect.objectContaining({ code: 'GANYMEDE_BAD_GAME' });
  await expect(simulateTraining(game, { start, rate: 0.1, steps: 0 })).rejects.toThrow(code);
  await expect(simulateTraining(game, { start, rate: -1, steps: 1 })).rejects.toThrow(code);
  await expect(simulateSde(game, { start: { theta: [], omega: [0] }, rate: 0.1, steps: 1 })).rejects.toThrow(
    code,
  );
  const flat = { ...game, samples: valueOf([1, 2]) };
  await expect(simulateTraining(flat, { start, rate: 0.1, steps: 1 })).rejects.toThrow(code);
});
