import { grad, type Tensor, type TensorLike } from '@ganymede/tensor';
import { divergence } from './divergence.js';
import type { MeanFieldGame } from './mean-field-game.js';

/** A function of points `[M, d]`, one number per row `[M, 1]`. */
export type ScalarField = (x: Tensor) => Tensor;

/** What the residuals of a game's equations are taken at. */
export interface ResidualInput {
  /** Points `[N, d]`. */
  readonly x: Tensor;
  /** u. */
  readonly value: ScalarField;
  /** ln m, up to a constant for the Fokker-Planck equation. */
  readonly logDensity: ScalarField;
  /** ν instead of the game's own. */
  readonly viscosity?: TensorLike;
}

/** ∇f at points `[M, d]`. */
const gradientOf = (f: ScalarField, x: Tensor): Tensor => grad(f(x).sum(), [x])[0];

/**
 * −ν Δu + H(x, ∇u) + F(x, ln m) + H̄ at N points, `[N, 1]`, and u there. The Laplacian is left out where ν is the number 0.
 */
export function hjbResidual(
  game: MeanFieldGame,
  { x, value, logDensity, viscosity = game.viscosity }: ResidualInput,
  constant: TensorLike,
): { readonly residual: Tensor; readonly value: Tensor } {
  const [n] = x.shape as readonly [number];
  let u = x;
  const gradient = (y: Tensor): Tensor => {
    u = value(y);
    return grad(u.sum(), [y])[0];
  };
  const first = (p: Tensor): Tensor =>
    game
      .hamiltonian(x, p)
      .add(game.coupling(x, logDensity(x)))
      .add(constant);
  if (viscosity === 0) {
    const residual = first(gradient(x));
    return { residual, value: u };
  }
  const { field, divergence: laplacian } = divergence(gradient, x);
  return { residual: first(field).sub(laplacian.mul(viscosity)), value: u.slice(0, 0, n) };
}

/**
 * (−ν Δm − div(m ∂H/∂p(x, ∇u))) / m at N points, `[N, 1]`. With q = ν ∇ln m + ∂H/∂p it is −(div q + ∇ln m · q): nothing is
 * exponentiated, and a constant added to ln m changes nothing.
 */
export function fokkerPlanckRatio(
  game: MeanFieldGame,
  { x, value, logDensity, viscosity = game.viscosity }: ResidualInput,
): Tensor {
  const [n] = x.shape as readonly [number];
  let slope = x;
  const flux = (y: Tensor): Tensor => {
    const p = gradientOf(value, y);
    const [velocity] = grad(game.hamiltonian(y, p).sum(), [p]);
    slope = gradientOf(logDensity, y);
    return viscosity === 0 ? velocity : velocity.add(slope.mul(viscosity));
  };
  const { field, divergence: spread } = divergence(flux, x);
  return spread.add(slope.slice(0, 0, n).mul(field).sum([1], true)).neg();
}
