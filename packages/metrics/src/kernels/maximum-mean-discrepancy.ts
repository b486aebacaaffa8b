import type { Rng } from '@ganymede/core';
import {
  bootstrap,
  type BootstrapOptions,
  type Interval,
  meanAt,
  meanOfValues,
} from '../statistics/bootstrap.js';

/** A squared maximum mean discrepancy and what each sample adds to it. */
export interface Discrepancy {
  /** Unbiased, so that it may be below 0 for equal distributions. */
  readonly value: number;
  /** For each real sample: its mean kernel to the other real ones less that to the generated ones. */
  readonly real: Float64Array;
  /** The same of generated samples. `value` is the mean of `real` plus the mean of `fake`. */
  readonly fake: Float64Array;
}

/** Sums of a kernel over pairs, by sample: to the others of the own set, and to the other set. */
export interface KernelSums {
  readonly realOwn: Float64Array;
  readonly realCross: Float64Array;
  readonly fakeOwn: Float64Array;
  readonly fakeCross: Float64Array;
}

/** No sums yet. */
export const emptyKernelSums = (real: number, fake: number): KernelSums => ({
  realOwn: new Float64Array(real),
  realCross: new Float64Array(real),
  fakeOwn: new Float64Array(fake),
  fakeCross: new Float64Array(fake),
});

/** The unbiased squared MMD (Gretton et al. 2012, eq. 3) of kernel sums that leave out each sample with itself. */
export function discrepancyOf({ realOwn, realCross, fakeOwn, fakeCross }: KernelSums): Discrepancy {
  const [m, n] = [realOwn.length, fakeOwn.length];
  const real = realOwn.map((own, i) => own / (m - 1) - realCross[i]! / n);
  const fake = fakeOwn.map((own, i) => own / (n - 1) - fakeCross[i]! / m);
  return { value: meanOfValues(real) + meanOfValues(fake), real, fake };
}

/**
 * Bootstrap interval of a discrepancy from what each sample adds: the statistic is linear in it to first order, with twice the
 * weight, as each pair counts for both of its samples. Wide rather than narrow where the distributions are equal.
 */
export function discrepancyInterval(
  { value, real, fake }: Discrepancy,
  rng: Rng,
  options: BootstrapOptions,
): Interval | undefined {
  const centre = meanOfValues(real) + meanOfValues(fake);
  const statistic = ([a, b]: readonly Int32Array[]): number =>
    value + 2 * (meanAt(real, a as Int32Array) + meanAt(fake, b as Int32Array) - centre);
  return bootstrap([real.length, fake.length], statistic, rng, options);
}
