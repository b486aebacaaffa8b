import type { Tensor } from '@ganymede/tensor';

/** What is known in closed form of a {@link MeanFieldGame}; `x` is one point of the torus. */
export interface ExplicitSolution {
  /** u(x), with mean 0 over the torus. */
  value(x: readonly number[]): number;
  /** m(x), with mean 1 over the torus. */
  density(x: readonly number[]): number;
  /** H̄. */
  readonly constant: number;
}

/**
 * A stationary (ergodic) mean-field game on the torus [0, 1]^d (Lasry and Lions 2007): a value u of mean 0, a density m and a
 * constant H̄ with
 *
 *     −ν Δu + H(x, ∇u) + F(x, ln m) + H̄ = 0            (Hamilton, Jacobi, Bellman)
 *     −ν Δm − div(m ∂H/∂p(x, ∇u)) = 0                  (Fokker, Planck)
 *
 * The signs are those of a player who maximises: H is concave in p. A game written for a player who minimises,
 * −ν Δw + G(x, ∇w) = F(x, ln m) + H̄, has this form with u = −w, H(x, p) = −G(x, −p).
 */
export interface MeanFieldGame {
  /** d, at least 1. */
  readonly dimension: number;
  /** ν, zero or positive. */
  readonly viscosity: number;
  /** H at points `[N, d]` and gradients `[N, d]` of the value: `[N, 1]`. Its derivative is taken by differentiation. */
  hamiltonian(x: Tensor, gradient: Tensor): Tensor;
  /** F at points `[N, d]` where the logarithm of the density is `[N, 1]`: `[N, 1]`. */
  coupling(x: Tensor, logDensity: Tensor): Tensor;
  /** Where it is known, errors against it are measured. */
  readonly solution?: ExplicitSolution;
}
