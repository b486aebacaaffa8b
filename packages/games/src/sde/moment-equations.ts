import { Matrix } from 'ml-matrix';
import { type AffineGradients, meanAndDeviations, rowsOfPlayer } from './quadratic-moments.js';

/** What the moments depend on. */
export interface MomentOptions {
  /** η. Positive. */
  readonly rate: number;
  /** B. @defaultValue 1 */
  readonly batch?: number;
}

/**
 * One training step's effect on E[(X, 1)(X, 1)ᵀ], exactly: a player's substep is X ↦ (1 ± η K) (X, 1) with K the mean of B samples drawn
 * with replacement, so M ↦ T M Tᵀ + η²/B · mean of ΔK_j M ΔK_jᵀ. The discriminator moves first.
 */
export function trainingMoments(
  gradients: AffineGradients,
  { rate, batch = 1 }: MomentOptions,
): (moments: Matrix) => Matrix {
  const { mean, deviations } = meanAndDeviations(gradients);
  const n = mean.rows;
  const { generator } = gradients;
  const substep = (from: number, to: number, sign: number) => {
    const t = Matrix.eye(n + 1).add(rowsOfPlayer(mean, from, to).mul(sign * rate));
    const own = deviations.map((k) => rowsOfPlayer(k, from, to));
    return (moments: Matrix): Matrix =>
      t
        .mmul(moments)
        .mmul(t.transpose())
        .add(spread(own, moments).mul(rate ** 2 / batch));
  };
  const [discriminate, generate] = [substep(generator, n, 1), substep(0, generator, -1)];
  return (moments) => generate(discriminate(moments));
}

/** Options of {@link sdeMoments}. */
export interface SdeMomentOptions extends MomentOptions {
  /** Whether the drift has its term of order η. @defaultValue true */
  readonly corrected?: boolean;
}

/** d/dt E[(X, 1)(X, 1)ᵀ] under the stochastic differential equation: A M + M Aᵀ + η/B · mean of ΔK_j M ΔK_jᵀ, block by block. */
export function sdeMoments(
  gradients: AffineGradients,
  { rate, batch = 1, corrected = true }: SdeMomentOptions,
): (moments: Matrix) => Matrix {
  const { mean, deviations } = meanAndDeviations(gradients);
  const n = mean.rows;
  const { generator } = gradients;
  const plain = Matrix.sub(rowsOfPlayer(mean, generator, n), rowsOfPlayer(mean, 0, generator));
  const drift = corrected
    ? plain.clone().add(
        correction(mean, generator)
          .mmul(plain)
          .mul(rate / 2),
      )
    : plain;
  const ofGenerator = deviations.map((k) => rowsOfPlayer(k, 0, generator));
  const ofDiscriminator = deviations.map((k) => rowsOfPlayer(k, generator, n));
  return (moments) => {
    const moved = drift.mmul(moments);
    const noise = Matrix.add(spread(ofGenerator, moments), spread(ofDiscriminator, moments));
    return moved
      .clone()
      .add(moved.transpose())
      .add(noise.mul(rate / batch));
  };
}

/** [[∇θ gθ, −∇ω gθ], [−∇θ gω, −∇ω gω]] with a zero row and column for the constant. */
function correction(mean: Matrix, generator: number): Matrix {
  const n = mean.rows;
  return new Matrix(
    Array.from({ length: n + 1 }, (_, row) =>
      Array.from({ length: n + 1 }, (_, column) => {
        if (row === n || column === n) return 0;
        return (row < generator && column < generator ? 1 : -1) * mean.get(row, column);
      }),
    ),
  );
}

/** Mean over the samples of ΔK M ΔKᵀ. */
function spread(deviations: readonly Matrix[], moments: Matrix): Matrix {
  const size = moments.rows;
  return deviations
    .reduce((sum, k) => sum.add(k.mmul(moments).mmul(k.transpose())), Matrix.zeros(size, size))
    .mul(1 / deviations.length);
}

/** The moments after `time` of a linear equation, by `steps` steps of Runge and Kutta's fourth-order method. */
export function integrateMoments(
  derivative: (moments: Matrix) => Matrix,
  start: Matrix,
  time: number,
  steps: number,
): Matrix {
  const h = time / steps;
  const ahead = (m: Matrix, k: Matrix, by: number): Matrix => Matrix.add(m, Matrix.mul(k, by));
  let m = start;
  for (let i = 0; i < steps; i++) {
    const k1 = derivative(m);
    const k2 = derivative(ahead(m, k1, h / 2));
    const k3 = derivative(ahead(m, k2, h / 2));
    const k4 = derivative(ahead(m, k3, h));
    m = ahead(m, Matrix.add(k1, k4).add(Matrix.add(k2, k3).mul(2)), h / 6);
  }
  return m;
}
