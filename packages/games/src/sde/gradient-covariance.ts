import type { Tensor } from '@ganymede/tensor';
import { type PlayerParameters, perSampleGradients, samplesFor } from './per-sample-gradients.js';
import type { SampledGame, SampledPlayer } from './sampled-game.js';

/** Deviations of the per-sample gradients from their mean, `[P, M, k]`. */
function gradientDeviations(game: SampledGame, player: SampledPlayer, at: PlayerParameters): Tensor {
  const gradients = perSampleGradients(game, player, at, samplesFor(game, at));
  return gradients.sub(gradients.mean(1, true));
}

/**
 * Σ, the covariance of one sample's gradient for a player, `[P, k, k]`: that of a minibatch of B drawn with replacement is Σ/B, and the
 * equation's noise has η/B Σ per unit of time.
 */
export function gradientCovariance(game: SampledGame, player: SampledPlayer, at: PlayerParameters): Tensor {
  const deviations = gradientDeviations(game, player, at);
  const count = deviations.shape[1] as number;
  return deviations
    .transpose([0, 2, 1])
    .matmul(deviations)
    .mul(1 / count);
}

/**
 * A draw of Σ^{1/2} ξ for standard normal ξ, `[P, k]`, from `normals` `[P, M]`: the deviations weighted by normals and by M^{-1/2} have
 * covariance Σ, exactly and without a root, also where Σ is singular.
 */
export function diffusionDraw(
  game: SampledGame,
  player: SampledPlayer,
  at: PlayerParameters,
  normals: Tensor,
): Tensor {
  const deviations = gradientDeviations(game, player, at);
  const [paths, count] = normals.shape as readonly [number, number];
  return deviations
    .mul(normals.reshape([paths, count, 1]))
    .sum(1)
    .mul(1 / Math.sqrt(count));
}
