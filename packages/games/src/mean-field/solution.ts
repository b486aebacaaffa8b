import { createStateReader, createStepContext, type State } from '@ganymede/core';
import { evaluate, numbersOf, type Value, value as valueFrom } from '@ganymede/tensor';
import { scalarOf } from '@ganymede/tensor';
import type { MeanFieldGame } from './mean-field-game.js';
import type { MeanFieldGan } from './mean-field-gan.js';
import { quadraturePoints } from './torus-points.js';
import { input } from '@ganymede/tensor';

/** u, m and H̄ as trained, with u of mean 0 and m of mean 1 over the torus. */
export interface MeanFieldSolution {
  /** H̄. */
  readonly constant: number;
  /** ln Z, the logarithm of the mean of exp(f) over the torus. */
  readonly logIntegral: number;
  /** u and m at points `[M, d]`, computed by the reference interpreter. */
  at(points: Value): { readonly value: readonly number[]; readonly density: readonly number[] };
}

/** Errors against an explicit solution. */
export interface SolutionErrors {
  /** ‖u − u*‖ / ‖u*‖ in L², or ‖u‖ where u* is 0. */
  readonly value: number;
  /** ‖m − m*‖ / ‖m*‖ in L². */
  readonly density: number;
  /** |H̄ − H̄*|. */
  readonly constant: number;
}

/** Rows evaluated at a time. */
const chunk = 4096;

/** The functions of a state of a {@link MeanFieldGan}. */
export function meanFieldSolution(game: MeanFieldGame, gan: MeanFieldGan, state: State): MeanFieldSolution {
  const raw = (points: Value): { readonly u: readonly number[]; readonly f: readonly number[] } => {
    const [count = 0, d = 1] = points.shape;
    const u: number[] = [];
    const f: number[] = [];
    for (let from = 0; from < count; from += chunk) {
      const rows = Math.min(chunk, count - from);
      const reader = createStateReader(state, 'a mean-field solution');
      const { ctx } = createStepContext({ training: false });
      const x = input('batch/x', [rows, d]);
      const results = evaluate(
        { u: gan.value(reader, x, ctx), f: gan.logDensity(reader, x, ctx) },
        {
          ...state,
          'batch/x': valueFrom(
            'float32',
            [rows, d],
            Float32Array.from(numbersOf(points).slice(from * d, (from + rows) * d)),
          ),
        },
      );
      u.push(...numbersOf(results.u));
      f.push(...numbersOf(results.f));
    }
    return { u, f };
  };
  const everywhere = raw(quadraturePoints(game.dimension));
  const mean = average(everywhere.u);
  const top = everywhere.f.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const logIntegral = top + Math.log(average(everywhere.f.map((f) => Math.exp(f - top))));
  return {
    constant: scalarOf(state['constant/value'] as Value),
    logIntegral,
    at(points) {
      const { u, f } = raw(points);
      return { value: u.map((x) => x - mean), density: f.map((x) => Math.exp(x - logIntegral)) };
    },
  };
}

/** Errors against the game's explicit solution, by quadrature over the torus; undefined where the game has none. */
export function solutionErrors(game: MeanFieldGame, solution: MeanFieldSolution): SolutionErrors | undefined {
  const exact = game.solution;
  if (exact === undefined) return undefined;
  const points = quadraturePoints(game.dimension);
  const [count, d] = points.shape as readonly [number, number];
  const numbers = numbersOf(points);
  const { value, density } = solution.at(points);
  const at = Array.from({ length: count }, (_, i) => numbers.slice(i * d, (i + 1) * d));
  return {
    value: relative(
      value,
      at.map((x) => exact.value(x)),
    ),
    density: relative(
      density,
      at.map((x) => exact.density(x)),
    ),
    constant: Math.abs(solution.constant - exact.constant),
  };
}

const average = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** ‖a − b‖ / ‖b‖, or the root mean square of a where b is 0. */
function relative(a: readonly number[], b: readonly number[]): number {
  const norm = average(b.map((x) => x * x));
  return Math.sqrt(average(a.map((x, i) => (x - (b[i] as number)) ** 2)) / (norm === 0 ? 1 : norm));
}
