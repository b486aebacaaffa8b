import { GanymedeError } from '@ganymede/tensor';
import type { Density } from './density.js';
import type { Divergences } from './divergences.js';

/** Options of {@link densityDivergences}. */
export interface QuadratureOptions {
  /** Sub-intervals of the midpoint rule. @defaultValue 20000 */
  readonly count?: number;
}

/** p log(p / q), with 0 log 0 = 0 and infinity where q alone is 0. */
const term = (logP: number, logQ: number): number =>
  logP === Number.NEGATIVE_INFINITY ? 0 : Math.exp(logP) * (logP - logQ);

const logMean = (a: number, b: number): number => {
  const top = Math.max(a, b);
  if (top === Number.NEGATIVE_INFINITY) return top;
  return top + Math.log((Math.exp(a - top) + Math.exp(b - top)) / 2);
};

/**
 * All divergences of two densities on the line by the midpoint rule over the supports of both: for smooth densities right to 8 digits
 * or more, KL where it is finite and its integrand is. KL is infinite where Q is 0 and P is not.
 *
 * @throws `GANYMEDE_OPTION` for fewer than 2 sub-intervals
 */
export function densityDivergences(
  p: Density,
  q: Density,
  { count = 20_000 }: QuadratureOptions = {},
): Divergences {
  if (!Number.isInteger(count) || count < 2) {
    throw new GanymedeError('GANYMEDE_OPTION', {
      message: `densityDivergences: expected count to be a whole number from 2 on, got ${count}`,
    });
  }
  const low = Math.min(p.support[0], q.support[0]);
  const high = Math.max(p.support[1], q.support[1]);
  const h = (high - low) / count;
  const sums = { kl: 0, reverseKl: 0, js: 0, tv: 0, w1: 0 };
  let apart = 0;
  for (let i = 0; i < count; i++) {
    const x = low + (i + 0.5) * h;
    const [a, b] = [p.log(x), q.log(x)];
    const m = logMean(a, b);
    const difference = Math.exp(a) - Math.exp(b);
    sums.kl += term(a, b);
    sums.reverseKl += term(b, a);
    sums.js += (term(a, m) + term(b, m)) / 2;
    sums.tv += Math.abs(difference) / 2;
    // W1 = ∫ |F − G|: the distribution functions in the middle of the sub-interval.
    sums.w1 += Math.abs(apart + (difference * h) / 2);
    apart += difference * h;
  }
  const times = (sum: number): number => sum * h;
  return {
    kl: times(sums.kl),
    reverseKl: times(sums.reverseKl),
    js: times(sums.js),
    tv: times(sums.tv),
    w1: times(sums.w1),
  };
}
