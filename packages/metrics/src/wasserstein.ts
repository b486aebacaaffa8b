import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import { z } from 'zod';
import { requireRows, type Rows, rowsOf } from './compute/rows.js';
import { assignmentWasserstein, wasserstein1d } from './divergences/empirical-wasserstein.js';
import { featureOptions, featurePair, metricRng } from './features/feature-pair.js';
import { measured } from './measured.js';

/** Options of {@link wassersteinMetric}. */
export const wassersteinOptions = z.strictObject({
  ...featureOptions,
  count: z
    .number()
    .int()
    .min(4)
    .default(2000)
    .describe('real samples, two halves of them; time grows with the cube of it beyond the line'),
});

/** Some rows, by number. */
const rowsAt = ({ data, size }: Rows, numbers: Uint32Array): Value => {
  const some = new Float64Array(numbers.length * size);
  for (const [i, row] of numbers.entries()) some.set(data.subarray(row * size, (row + 1) * size), i * size);
  return { dtype: 'float64', shape: [numbers.length, size], data: some };
};

const distance = (a: Value, b: Value): number =>
  a.shape[1] === 1
    ? wasserstein1d(a.data as Float64Array, b.data as Float64Array)
    : assignmentWasserstein(a, b);

/**
 * The Wasserstein-1 distance of samples, exactly, by the best pairing of generated samples with equally many real ones: `w1`. Between few
 * samples it is larger than between the laws behind them, so `w1OfData` beside it is the same between those real samples and as many others:
 * what a perfect generator scores. Lower is better; the unit is the features', or the points'. See `assignmentWasserstein`.
 *
 * Throws what `featurePair` throws, `GANYMEDE_TOO_FEW_SAMPLES` for fewer than 4 real samples.
 */
export const wassersteinMetric = defineMetric({
  id: '@ganymede/metrics/wasserstein',
  summary: 'exact Wasserstein-1 distance of points or features, beside that of the data from itself',
  options: wassersteinOptions,
  create: (options) => ({
    name: 'wasserstein',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const pair = await featurePair(input, options);
      const [real, fake] = [rowsOf(pair.real), rowsOf(pair.fake)];
      const half = Math.min(Math.floor(real.count / 2), fake.count);
      requireRows('two halves of the data', 4, real);
      // Samples that are data may come in an order, by class or by mode.
      const any = (set: Rows, name: string) => metricRng(input, name).permutation(set.count);
      const order = any(real, 'real');
      const one = rowsAt(real, order.subarray(0, half));
      const provenance = { ...pair.provenance, pairs: half };
      const w1 = distance(one, rowsAt(fake, any(fake, 'generated').subarray(0, half)));
      const own = distance(one, rowsAt(real, order.subarray(half, 2 * half)));
      return [measured('w1', w1, provenance), measured('w1OfData', own, provenance)];
    },
  }),
});
