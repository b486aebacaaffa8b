import type { Rng } from '@ganymede/core';

/** Options of {@link monteCarloError}. */
export interface MonteCarloErrorOptions {
  /** An estimate of the exact numbers from `size` draws. */
  readonly estimate: (size: number, rng: Rng) => readonly number[];
  readonly exact: readonly number[];
  /** Numbers of draws, at least two. */
  readonly sizes: readonly number[];
  /** Independent estimates of each size. @defaultValue 100 */
  readonly repeats?: number;
  readonly rng: Rng;
}

/** How the error of an estimate falls with the number of draws. */
export interface MonteCarloError {
  /** Root mean square error at each size, over components and repeats. */
  readonly errors: readonly number[];
  /** Slope of log error over log size, by least squares: −½ for averages of independent draws, 0 for a biased estimate. */
  readonly slope: number;
}

/** Slope of the line through points by least squares. */
export function slopeOf(xs: readonly number[], ys: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const top = xs.reduce((sum, x, i) => sum + (x - mx) * ((ys[i] as number) - my), 0);
  return top / xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
}

/**
 * Tests an estimate, such as a gradient under an expectation, against what it should be: grad E f(θ, X) = E grad f(θ, X) means that the
 * average of gradients has no bias, and that its error falls like the root of the number of draws.
 */
export function monteCarloError({
  estimate,
  exact,
  sizes,
  repeats = 100,
  rng,
}: MonteCarloErrorOptions): MonteCarloError {
  const errors = sizes.map((size) => {
    let sum = 0;
    for (let repeat = 0; repeat < repeats; repeat++)
      estimate(size, rng.child(`${size}/${repeat}`)).forEach((x, i) => {
        sum += (x - (exact[i] as number)) ** 2;
      });
    return Math.sqrt(sum / (repeats * exact.length));
  });
  return { errors, slope: slopeOf(sizes.map(Math.log), errors.map(Math.log)) };
}
