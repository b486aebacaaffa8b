import type { Rng } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { z } from 'zod';

/** A confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Share of such intervals that hold the true value: 0.95. */
  readonly level: number;
}

/** How a confidence interval is computed. */
export interface BootstrapOptions {
  /** Sets drawn with replacement; 0 for no interval. @defaultValue 500 */
  readonly resamples?: number;
  /** Between 0 and 1. @defaultValue 0.95 */
  readonly level?: number;
}

/** The options of {@link BootstrapOptions} as a metric's schema has them. */
export const bootstrapSchema = z.strictObject({
  resamples: z
    .number()
    .int()
    .nonnegative()
    .default(500)
    .describe('sets drawn with replacement; 0 for no interval'),
  level: z.number().gt(0).lt(1).default(0.95).describe('share of such intervals that hold the true value'),
});

/** The number below which the share `q` of sorted numbers lies, linear between them (type 7 of Hyndman and Fan 1996). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const x = sorted[low] as number;
  return low + 1 < sorted.length ? x + (at - low) * ((sorted[low + 1] as number) - x) : x;
}

/** A statistic of sets of samples, each given as the indices of its samples. */
export type ResampledStatistic = (sets: readonly Int32Array[]) => number;

/**
 * Percentile bootstrap (Efron 1979): the statistic of sets as large as `counts` say, drawn from 0 … count-1 with replacement, and
 * the interval that holds the middle `level` of its values. Deterministic by `rng`. Undefined for no resamples, a set of fewer
 * than 2, or values without bounds. Throws `GANYMEDE_TOO_FEW_SAMPLES` for 1 to 19 resamples, of which no tail can be read.
 */
export function bootstrap(
  counts: readonly number[],
  statistic: ResampledStatistic,
  rng: Rng,
  { resamples = 500, level = 0.95 }: BootstrapOptions = {},
): Interval | undefined {
  if (resamples === 0 || counts.some((count) => count < 2)) return undefined;
  const values = replicates(counts, statistic, rng, resamples).sort();
  const [low, high] = [quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2)];
  // The decibels of equal images are infinite: there is nothing to be between.
  return Number.isFinite(low) && Number.isFinite(high) ? { low, high, level } : undefined;
}

/**
 * Normal bootstrap interval about `value`: plus and minus its standard error over the resamples, for statistics that resampling
 * itself shifts (a Fréchet distance grows where rows repeat). Not below `least`. Undefined and throws as {@link bootstrap}.
 */
export function bootstrapAround(
  value: number,
  counts: readonly number[],
  statistic: ResampledStatistic,
  rng: Rng,
  { resamples = 500, level = 0.95, least = 0 }: BootstrapOptions & { readonly least?: number } = {},
): Interval | undefined {
  if (resamples === 0 || counts.some((count) => count < 2)) return undefined;
  const values = replicates(counts, statistic, rng, resamples);
  const mean = meanOfValues(values);
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (resamples - 1);
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
  return { low: Math.max(value - reach, least), high: value + reach, level };
}

function replicates(
  counts: readonly number[],
  statistic: ResampledStatistic,
  rng: Rng,
  resamples: number,
): Float64Array {
  if (resamples < 20) {
    throw new GanymedeError('GANYMEDE_TOO_FEW_SAMPLES', {
      message: `expected at least 20 resamples for a confidence interval, got ${resamples}`,
      hint: 'use 200 or more, or 0 for no interval',
    });
  }
  const draw = (call: number) =>
    counts.map(
      (count, set) =>
        rng.child(`set-${set}`).draw([count], { kind: 'integers', high: count }, call).data as Int32Array,
    );
  return Float64Array.from({ length: resamples }, (_, call) => statistic(draw(call)));
}

/** The mean of `values` at some indices, with repetitions. */
export function meanAt(values: ArrayLike<number>, indices: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < indices.length; i++) sum += values[indices[i]!] as number;
  return sum / indices.length;
}

/** Percentile bootstrap interval of a mean. */
export const bootstrapMean = (
  values: ArrayLike<number>,
  rng: Rng,
  options: BootstrapOptions = {},
): Interval | undefined =>
  bootstrap([values.length], ([indices]) => meanAt(values, indices as Int32Array), rng, options);

/** The mean of numbers. */
export function meanOfValues(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** Normal quantile by Newton's method on the distribution function. */
function normalQuantile(p: number): number {
  let x = 0;
  for (let i = 0; i < 60; i++) {
    const step = (normalBelow(x) - p) / (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI));
    x -= Math.max(-1, Math.min(1, step));
    if (Math.abs(step) < 1e-14) break;
  }
  return x;
}

/** Share of the normal distribution below x, by its series about 0. */
function normalBelow(x: number): number {
  let [term, sum] = [x, x];
  for (let k = 1; k < 400 && Math.abs(term) > 1e-17; k++) {
    term *= (-x * x) / (2 * k);
    sum += term / (2 * k + 1);
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}
