import { GanymedeError } from '@ganymede/tensor';
import type { Matrix } from 'ml-matrix';
import { integrateMoments, sdeMoments, trainingMoments } from './moment-equations.js';
import { affineGradients, certain } from './quadratic-moments.js';
import type { SampledGame } from './sampled-game.js';

/** Options of {@link weakErrors}. */
export interface WeakErrorOptions {
  /** Learning rates η, each smaller than the one before. */
  readonly rates: readonly number[];
  /** θ and ω at time 0. */
  readonly start: { readonly theta: readonly number[]; readonly omega: readonly number[] };
  /** T, in the equation's time: T/η training steps. @defaultValue 1 */
  readonly time?: number;
  /** @defaultValue 1 */
  readonly batch?: number;
  /** Whether the drift has its term of order η. @defaultValue true */
  readonly corrected?: boolean;
  /** Whether means are compared (order 1) or all E[X_i X_k] (order 2). @defaultValue 1 */
  readonly moment?: 1 | 2;
}

/** How far training and its stochastic differential equation are from each other. */
export interface WeakErrors {
  readonly rates: readonly number[];
  /** For each rate, the largest difference over the times 0, η, … T and over the moments. */
  readonly errors: readonly number[];
  /** Orders between neighbouring rates: log(e_i / e_{i+1}) / log(η_i / η_{i+1}). */
  readonly orders: readonly number[];
}

/**
 * The weak error max_t |E f(X_t) − E f(X(t))| of the equation against the training it stands for, exactly, for a game whose objective is
 * quadratic in the parameters (GANYMEDE_BAD_GAME otherwise). Cao and Guo 2020, theorem 1: of order 2 with the corrected drift.
 */
export function weakErrors(
  game: SampledGame,
  { rates, start, time = 1, batch = 1, corrected = true, moment = 1 }: WeakErrorOptions,
): WeakErrors {
  if (rates.length === 0 || rates.some((rate) => !(rate > 0))) {
    throw new GanymedeError('GANYMEDE_BAD_GAME', {
      message: `weak errors: expected positive rates, received ${rates.join(', ') || 'none'}`,
      hint: 'give at least two rates, such as 0.1 and 0.05, to see an order',
    });
  }
  const gradients = affineGradients(game);
  const from = certain([...start.theta, ...start.omega]);
  const errors = rates.map((rate) => {
    const train = trainingMoments(gradients, { rate, batch });
    const derivative = sdeMoments(gradients, { rate, batch, corrected });
    let [trained, expected, worst] = [from, from, 0];
    for (let step = 1; step <= Math.floor(time / rate + 1e-9); step++) {
      trained = train(trained);
      expected = integrateMoments(derivative, expected, rate, 4);
      worst = Math.max(worst, distance(trained, expected, moment));
    }
    return worst;
  });
  const orders = errors.slice(1).map((error, i) => {
    const before = [errors[i], rates[i]] as readonly [number, number];
    return Math.log(before[0] / error) / Math.log(before[1] / (rates[i + 1] as number));
  });
  return { rates, errors, orders };
}

/** Of means (the last column) or of second moments (the block above it). */
function distance(a: Matrix, b: Matrix, moment: 1 | 2): number {
  const n = a.rows - 1;
  let worst = 0;
  for (let i = 0; i < n; i++) {
    for (let k = moment === 1 ? n : 0; k < (moment === 1 ? n + 1 : n); k++)
      worst = Math.max(worst, Math.abs(a.get(i, k) - b.get(i, k)));
  }
  return worst;
}
