import type { StepContext } from '@ganymede/core';
import { gameDrift } from './drift.js';
import { diffusionDraw } from './gradient-covariance.js';
import type { PlayerParameters } from './per-sample-gradients.js';
import { type SampledGame, type SampledPlayer, sizesOf } from './sampled-game.js';
import { type PathsAt, simulate, type SimulationOptions } from './simulation.js';

/** Options of {@link simulateSde}. */
export interface SdeOptions extends SimulationOptions {
  /** Euler-Maruyama steps for each training step. @defaultValue 20 */
  readonly substeps?: number;
  /** Whether the drift has its term of order η. @defaultValue true */
  readonly corrected?: boolean;
}

/**
 * Paths of the stochastic differential equation that approximates the training (Cao and Guo 2020): drift of {@link gameDrift}, noise of
 * covariance η/B Σ per unit of time for each player on its own, by Euler and Maruyama's method. `step` of a record counts training
 * steps: the equation's time is step · η.
 */
export async function simulateSde(game: SampledGame, options: SdeOptions): Promise<readonly PathsAt[]> {
  const { rate, batch = 1, paths = 1, substeps = 20, corrected = true } = options;
  const { count } = sizesOf(game);
  const dt = rate / substeps;
  const noise = Math.sqrt((rate / batch) * dt);
  const advance = (at: PlayerParameters, ctx: StepContext): PlayerParameters => {
    const drift = gameDrift(game, at, { rate, corrected });
    const draw = (player: SampledPlayer) =>
      diffusionDraw(game, player, at, ctx.noise(player, [paths, count], { kind: 'normal' })).mul(noise);
    return {
      theta: at.theta.add(drift.theta.mul(dt)).add(draw('generator')),
      omega: at.omega.add(drift.omega.mul(dt)).add(draw('discriminator')),
    };
  };
  return simulate(game, 'sde', advance, options, substeps);
}
