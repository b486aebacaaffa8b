import { GanymedeError } from '@ganymede/tensor';
import type { Matrix } from 'ml-matrix';
import { type MomentOptions, trainingMoments } from './moment-equations.js';
import { affineGradients, certain } from './quadratic-moments.js';
import type { SampledGame } from './sampled-game.js';

/** Mean and covariance of the parameters (θ, then ω) under the stationary law of training. */
export interface StationaryMoments {
  readonly mean: readonly number[];
  /** `[i][k]`. */
  readonly covariance: readonly (readonly number[])[];
}

/**
 * The stationary mean and covariance of alternating training of a game whose objective is quadratic in the parameters (GANYMEDE_BAD_GAME
 * otherwise, and where training does not settle): the fixed point of one step's moments, found by stepping.
 */
export function stationaryMoments(game: SampledGame, options: MomentOptions): StationaryMoments {
  const step = trainingMoments(affineGradients(game), options);
  let moments = certain(Array.from({ length: game.generator + game.discriminator }, () => 0));
  for (let i = 0; i < 1e5; i++) {
    const next = step(moments);
    const change = next.clone().sub(moments).norm('max');
    moments = next;
    if (change < 1e-15 * moments.norm('max')) return centred(moments);
    if (!Number.isFinite(change)) break;
  }
  throw new GanymedeError('GANYMEDE_BAD_GAME', {
    message: `stationary moments: expected training that settles at rate ${options.rate}, but it has not after 100 000 steps`,
    hint: 'lower the rate, or give each player curvature of its own',
  });
}

function centred(moments: Matrix): StationaryMoments {
  const n = moments.rows - 1;
  const indices = Array.from({ length: n }, (_, i) => i);
  const mean = indices.map((i) => moments.get(i, n));
  const covariance = indices.map((i) =>
    indices.map((k) => moments.get(i, k) - (mean[i] as number) * (mean[k] as number)),
  );
  return { mean, covariance };
}
