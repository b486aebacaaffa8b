import { GanymedeError } from '@ganymede/tensor';
import { gaussianDensity } from './density.js';
import { densityDivergences } from './density-divergences.js';
import type { Divergences } from './divergences.js';

/** A normal distribution on the line. */
export interface Gaussian1d {
  readonly mean: number;
  /** Standard deviation, above 0. */
  readonly std: number;
}

const kl = (p: Gaussian1d, q: Gaussian1d): number =>
  Math.log(q.std / p.std) + (p.std ** 2 + (p.mean - q.mean) ** 2) / (2 * q.std ** 2) - 0.5;

/**
 * The divergences of N(p.mean, p.std²) from N(q.mean, q.std²): KL in closed form, JS, TV and W1 by quadrature.
 *
 * @throws `GANYMEDE_OPTION` for a standard deviation that is not above 0
 */
export function gaussianDivergences(p: Gaussian1d, q: Gaussian1d): Divergences {
  for (const { std } of [p, q]) {
    if (std > 0 && Number.isFinite(std)) continue;
    throw new GanymedeError('GANYMEDE_OPTION', {
      message: `gaussianDivergences: expected a standard deviation above 0, got ${std}`,
    });
  }
  const numeric = densityDivergences(gaussianDensity(p.mean, p.std), gaussianDensity(q.mean, q.std));
  return { ...numeric, kl: kl(p, q), reverseKl: kl(q, p) };
}
