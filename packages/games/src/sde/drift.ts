import { grad, type Tensor, vjp, zeros } from '@ganymede/tensor';
import { meanGradient, type PlayerParameters } from './per-sample-gradients.js';
import type { SampledGame } from './sampled-game.js';

/** Options of {@link gameDrift}. */
export interface DriftOptions {
  /** η, the learning rate of both players. Positive. */
  readonly rate: number;
  /**
   * Whether the drift has its term of order η, without which the equation follows the training only to order 1.
   * @defaultValue true
   */
  readonly corrected?: boolean;
}

/**
 * The Jacobian-vector product Σ_i ∂ys/∂xs_i · vs_i, exactly: the vector-Jacobian product is linear in its seed, and its derivative
 * for the seed is the product wanted.
 */
export function jvp(ys: Tensor, xs: readonly Tensor[], vs: readonly Tensor[]): Tensor {
  const seed = zeros(ys.shape, ys.dtype);
  const pulled = vjp([ys], xs, [seed]);
  const along = pulled.map((p, i) => p.mul(vs[i] as Tensor).sum()).reduce((a, b) => a.add(b));
  return grad(along, [seed])[0];
}

/**
 * The drift of the stochastic differential equation of alternating GAN training, discriminator first (Cao and Guo 2020, theorem 1):
 *
 *     b₀ + η/2 [[∇θ gθ, −∇ω gθ], [−∇θ gω, −∇ω gω]] b₀,   b₀ = (−gθ, gω),
 *
 * with g the mean gradients over all samples. For P copies at once; `theta` and `omega` come back in their shapes.
 */
export function gameDrift(
  game: SampledGame,
  at: PlayerParameters,
  { rate, corrected = true }: DriftOptions,
): PlayerParameters {
  const g = { theta: meanGradient(game, 'generator', at), omega: meanGradient(game, 'discriminator', at) };
  const down = g.theta.neg();
  if (!corrected) return { theta: down, omega: g.omega };
  const { theta, omega } = at;
  const first = jvp(g.theta, [theta, omega], [down, g.omega.neg()]);
  const second = jvp(g.omega, [theta, omega], [down, g.omega]).neg();
  return {
    theta: down.add(first.mul(rate / 2)),
    omega: g.omega.add(second.mul(rate / 2)),
  };
}
