import { constant, grad, numbersOf, type Tensor, valueOf } from '@ganymede/tensor';
import { type SampledGame, type SampledPlayer, sizesOf } from './sampled-game.js';

/** PlayerParameters of P copies of a game: θ `[P, generator]` and ω `[P, discriminator]`. */
export interface PlayerParameters {
  readonly theta: Tensor;
  readonly omega: Tensor;
}

/** `x` `[P, k]` repeated for each of `count` samples: `[P·count, k]`, the samples of one copy side by side. */
function perSample(x: Tensor, count: number): Tensor {
  const [paths, size] = x.shape as readonly [number, number];
  return x
    .reshape([paths, 1, size])
    .expand([paths, count, size])
    .reshape([paths * count, size]);
}

/** The samples for each of `paths` copies, `[P·M, s]`, in the parameters' dtype. */
export function samplesFor(game: SampledGame, { theta }: PlayerParameters): Tensor {
  const { count, width } = sizesOf(game);
  const paths = theta.shape[0] as number;
  const all = constant(valueOf(numbersOf(game.samples), [1, count, width], theta.dtype));
  return all.expand([paths, count, width]).reshape([paths * count, width]);
}

/** What a player differentiates. */
const objectiveOf = (game: SampledGame, player: SampledPlayer): SampledGame['objective'] =>
  player === 'generator' ? (game.generatorObjective ?? game.objective) : game.objective;

/**
 * ∂J/∂θ or ∂J/∂ω of every row on its own: `samples` `[P·B, s]` hold B per copy, side by side; the result is `[P, B, k]`. Rows do not
 * meet, so the gradient of their sum is the gradient of each.
 */
export function perSampleGradients(
  game: SampledGame,
  player: SampledPlayer,
  { theta, omega }: PlayerParameters,
  samples: Tensor,
): Tensor {
  const paths = theta.shape[0] as number;
  const count = (samples.shape[0] as number) / paths;
  const rows = { generator: perSample(theta, count), discriminator: perSample(omega, count) };
  const values = objectiveOf(game, player)(rows.generator, rows.discriminator, samples);
  const [gradient] = grad(values.sum(), [rows[player]]);
  return gradient.reshape([paths, count, game[player]]);
}

/** ∂E[J]/∂θ or ∂E[J]/∂ω, the mean over all samples: `[P, k]`. */
export const meanGradient = (game: SampledGame, player: SampledPlayer, at: PlayerParameters): Tensor =>
  perSampleGradients(game, player, at, samplesFor(game, at)).mean(1);
