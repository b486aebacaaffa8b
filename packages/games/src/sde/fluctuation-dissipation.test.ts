import { numbersOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { fluctuationDissipation } from './fluctuation-dissipation.js';
import { linearQuadraticGame } from './linear-quadratic-game.js';
import { simulateTraining } from './simulate-training.js';
import { stationaryMoments } from './stationary-moments.js';

const game = linearQuadraticGame();

async function trajectories(steps: number, start: { theta: number[]; omega: number[] }) {
  const records = await simulateTraining(game, { start, rate: 0.1, steps });
  return {
    theta: records.map((r) => numbersOf(r.theta)),
    omega: records.map((r) => numbersOf(r.omega)),
  };
}

it('holds for both players of a game that has settled, and not on the way there', async () => {
  const { mean } = stationaryMoments(game, { rate: 0.1 });
  const settled = await trajectories(4000, { theta: [mean[0] as number], omega: [mean[1] as number] });
  for (const path of [settled.theta, settled.omega]) {
    const { ratio, error } = fluctuationDissipation(path, { rate: 0.1 });
    expect(error).toBeLessThan(0.2);
    expect(Math.abs(ratio - 1)).toBeLessThan(4 * error + 0.01);
  }
  const coming = await trajectories(60, { theta: [20], omega: [-20] });
  const { ratio } = fluctuationDissipation(coming.theta, {
    rate: 0.1,
    centre: [mean[0] as number],
    batches: 2,
  });
  expect(ratio).toBeGreaterThan(1.5);
});

it('is 1 exactly on a closed orbit', () => {
  const circle = Array.from({ length: 101 }, (_, t) => [
    Math.cos((2 * Math.PI * t) / 100),
    Math.sin((2 * Math.PI * t) / 100),
  ]);
  expect(fluctuationDissipation(circle, { rate: 0.1, centre: [0, 0], batches: 5 }).ratio).toBeCloseTo(1, 10);
});

it('refuses too short a trajectory', () => {
  expect(() => fluctuationDissipation([[1], [2]], { rate: 0.1 })).toThrow(
    expect.objectContaining({ code: 'GANYMEDE_TOO_FEW_SAMPLES' }),
  );
});
