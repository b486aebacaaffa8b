import { ortBackend } from '@ganymede/backend-ort';
import { cos, valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { firstOrderErgodicGame, secondOrderErgodicGame } from './ergodic-games.js';
import { solveMeanFieldGame } from './solve-mean-field-game.js';
import type { MeanFieldGame } from './mean-field-game.js';
import { quadraturePoints } from './torus-points.js';

const backend = await ortBackend({ device: 'cpu', threads: 1 });

it('comes near the explicit solution in a second, reports on the way, and repeats itself', async () => {
  const solve = () =>
    solveMeanFieldGame(secondOrderErgodicGame(1), { backend, iterations: 600, every: 300, rate: 1e-2 });
  const solved = await solve();
  expect(solved.history.map(({ iteration }) => iteration)).toEqual([300, 600]);
  expect(solved.report.errors?.value).toBeLessThan(0.05);
  expect(solved.report.errors?.density).toBeLessThan(0.1);
  const again = await solve();
  expect(again.report).toEqual(solved.report);
  const points = quadraturePoints(1);
  const { value, density } = solved.at(points);
  expect(value.reduce((a, b) => a + b) / value.length).toBeCloseTo(0, 6);
  expect(density.reduce((a, b) => a + b) / density.length).toBeCloseTo(1, 6);
});

it('solves a game of one’s own, two-dimensional, that has no explicit solution', async () => {
  const game: MeanFieldGame = {
    dimension: 2,
    viscosity: 0.3,
    hamiltonian: (x, p) =>
      p
        .square()
        .sum([1], true)
        .mul(-0.5)
        .add(cos(x.mul(2 * Math.PI)).sum([1], true)),
    coupling: (_x, logDensity) => logDensity,
  };
  const { report, at } = await solveMeanFieldGame(game, {
    backend,
    iterations: 400,
    every: 400,
    rate: 1e-2,
    batch: 32,
  });
  expect(report.errors).toBeUndefined();
  expect(report.hjb).toBeLessThan(0.05);
  // The cost V + ln m is the same everywhere but for the drift: fewer where V is high.
  const { density } = at(valueOf([0, 0, 0.5, 0.5], [2, 2]));
  expect((density[1] as number) / (density[0] as number)).toBeGreaterThan(2);
});

it('stops when asked, with what there is', async () => {
  const controller = new AbortController();
  const { report } = await solveMeanFieldGame(firstOrderErgodicGame(), {
    backend,
    iterations: 1000,
    every: 5,
    updates: { discriminator: 2 },
    signal: controller.signal,
    onProgress: ({ iteration }) => iteration >= 10 && controller.abort(),
  });
  expect(report.iteration).toBe(10);
});

it('refuses what makes no sense', async () => {
  const code = expect.objectContaining({ code: 'GANYMEDE_BAD_GAME' });
  const game = secondOrderErgodicGame(1);
  await expect(solveMeanFieldGame({ ...game, viscosity: -1 }, { backend })).rejects.toThrow(code);
  await expect(solveMeanFieldGame(game, { backend, iterations: 0 })).rejects.toThrow(code);
  await expect(solveMeanFieldGame({ ...game, dimension: 1.5 }, { backend })).rejects.toThrow(code);
});

it('says so when it diverges', async () => {
  await expect(
    solveMeanFieldGame(secondOrderErgodicGame(1), { backend, iterations: 50, rate: 1e30 }),
  ).rejects.toThrow(expect.objectContaining({ code: 'GANYMEDE_NON_FINITE' }));
});
