import type { StepContext } from '@ganymede/core';
import { constant, gather, numbersOf, type Tensor, valueOf } from '@ganymede/tensor';
import { type PlayerParameters, perSampleGradients } from './per-sample-gradients.js';
import { type SampledGame, type SampledPlayer, sizesOf } from './sampled-game.js';
import { type PathsAt, simulate, type SimulationOptions } from './simulation.js';

/**
 * The training itself, on many paths at once (Cao and Guo 2020, eq. 2.3): ω' = ω + η gω(θ, ω), then θ' = θ − η gθ(θ, ω'), each gradient
 * the mean over a fresh minibatch of B samples drawn with replacement.
 */
export async function simulateTraining(
  game: SampledGame,
  options: SimulationOptions,
): Promise<readonly PathsAt[]> {
  const { rate, batch = 1, paths = 1 } = options;
  const { count, width } = sizesOf(game);
  const advance = (at: PlayerParameters, ctx: StepContext): PlayerParameters => {
    const samples = constant(valueOf(numbersOf(game.samples), [count, width]));
    const gradient = (player: SampledPlayer, where: PlayerParameters): Tensor => {
      const drawn = ctx.noise(player, [paths * batch], { kind: 'integers', high: count });
      return perSampleGradients(game, player, where, gather(samples, drawn, 0)).mean(1);
    };
    const omega = at.omega.add(gradient('discriminator', at).mul(rate));
    const theta = at.theta.sub(gradient('generator', { theta: at.theta, omega }).mul(rate));
    return { theta, omega };
  };
  return simulate(game, 'training', advance, options);
}
