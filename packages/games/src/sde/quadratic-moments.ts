import { evaluate, GanymedeError, input, numbersOf, valueOf } from '@ganymede/tensor';
import { Matrix } from 'ml-matrix';
import { perSampleGradients, samplesFor } from './per-sample-gradients.js';
import { type SampledGame, sizesOf } from './sampled-game.js';

/**
 * The gradients of a game whose objective is quadratic in the parameters X = (θ, ω): sample j has gradient K_j (X, 1), one row for each
 * parameter. All moments below are those of (X, 1), so that means are their last column.
 */
export interface AffineGradients {
  readonly generator: number;
  readonly discriminator: number;
  /** K_j `[n, n + 1]`, for n parameters. */
  readonly perSample: readonly Matrix[];
}

/** {@link AffineGradients} of a game, by evaluating its program. Throws GANYMEDE_BAD_GAME where the gradients are not affine. */
export function affineGradients(game: SampledGame): AffineGradients {
  const { generator, discriminator } = game;
  const { count } = sizesOf(game);
  const n = generator + discriminator;
  // The origin, the unit vectors, and one more point at which an affine map is known.
  const probe = Array.from({ length: n }, (_, i) => 0.7 - 0.9 * i);
  const points = [
    Array.from({ length: n }, () => 0),
    ...Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, k) => (k === i ? 1 : 0))),
    probe,
  ];
  const at = gradientsAt(game, points);
  const perSample = Array.from({ length: count }, (_, j) => {
    const column = (point: number): readonly number[] => (at[point] as number[][])[j] as number[];
    const origin = column(0);
    return new Matrix(
      origin.map((c, row) => [...Array.from({ length: n }, (_, i) => (column(i + 1)[row] as number) - c), c]),
    );
  });
  const last = Matrix.columnVector([...probe, 1]);
  for (const [j, k] of perSample.entries()) {
    const expected = (at[n + 1] as number[][])[j] as number[];
    const off = k
      .mmul(last)
      .to1DArray()
      .some((g, i) => Math.abs(g - (expected[i] as number)) > 1e-9);
    if (!off) continue;
    throw new GanymedeError('GANYMEDE_BAD_GAME', {
      message: `moment equations: expected gradients that are linear in the parameters, those of sample ${j} are not`,
      hint: 'simulate other games with simulateTraining and simulateSde',
    });
  }
  return { generator, discriminator, perSample };
}

/** Per-sample gradients (θ, ω) at points: `[point][sample][parameter]`. */
function gradientsAt(game: SampledGame, points: readonly (readonly number[])[]): number[][][] {
  const { generator, discriminator } = game;
  const { count } = sizesOf(game);
  const parameters = {
    theta: input('theta', [points.length, generator], 'float64'),
    omega: input('omega', [points.length, discriminator], 'float64'),
  };
  const samples = samplesFor(game, parameters);
  const { theta, omega } = evaluate(
    {
      theta: perSampleGradients(game, 'generator', parameters, samples),
      omega: perSampleGradients(game, 'discriminator', parameters, samples),
    },
    {
      theta: valueOf(
        points.flatMap((p) => p.slice(0, generator)),
        [points.length, generator],
        'float64',
      ),
      omega: valueOf(
        points.flatMap((p) => p.slice(generator)),
        [points.length, discriminator],
        'float64',
      ),
    },
  );
  const [byTheta, byOmega] = [numbersOf(theta), numbersOf(omega)];
  return points.map((_, p) =>
    Array.from({ length: count }, (_, j) => {
      const row = p * count + j;
      return [
        ...byTheta.slice(row * generator, (row + 1) * generator),
        ...byOmega.slice(row * discriminator, (row + 1) * discriminator),
      ];
    }),
  );
}

/** The mean of K_j, and the deviations K_j − mean. */
export function meanAndDeviations({ perSample }: AffineGradients): {
  readonly mean: Matrix;
  readonly deviations: readonly Matrix[];
} {
  const [first] = perSample as readonly [Matrix];
  const mean = perSample
    .reduce((sum, k) => sum.add(k), Matrix.zeros(first.rows, first.columns))
    .mul(1 / perSample.length);
  return { mean, deviations: perSample.map((k) => Matrix.sub(k, mean)) };
}

/** `K` with only a player's rows, on top of a zero row: its part in the motion of (X, 1). */
export function rowsOfPlayer(k: Matrix, from: number, to: number): Matrix {
  const n = k.rows;
  const rows = k.to2DArray().map((row, i) => (i >= from && i < to ? row : row.map(() => 0)));
  return new Matrix([...rows, Array.from({ length: n + 1 }, () => 0)]);
}

/** E[(X, 1)(X, 1)ᵀ] where X is `start` for certain. */
export function certain(start: readonly number[]): Matrix {
  const x = Matrix.columnVector([...start, 1]);
  return x.mmul(x.transpose());
}
