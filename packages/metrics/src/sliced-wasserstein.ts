import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import { z } from 'zod';
import { featureOptions, featurePair, metricRng } from './features/feature-pair.js';
import { measured } from './measured.js';
import { slicedWasserstein as distance } from './wasserstein/sliced-wasserstein.js';

/** Options of {@link slicedWassersteinMetric}. */
export const slicedWassersteinOptions = z.strictObject({
  ...featureOptions,
  projections: z.number().int().positive().default(128).describe('random directions'),
  order: z
    .union([z.literal(1), z.literal(2)])
    .default(1)
    .describe('power of the distance: 1 or 2'),
  resamples: z
    .number()
    .int()
    .nonnegative()
    .default(100)
    .describe('sets drawn with replacement for the interval; 0 for none'),
  level: z.number().gt(0).lt(1).default(0.95).describe('share of such intervals that hold the true value'),
});

/**
 * Sliced Wasserstein distance of features, or of points: the mean over random directions of the exact distance along each. Lower is
 * better; the unit is the features'. See `slicedWasserstein`; for images at several scales `@ganymede/metrics/pyramid-wasserstein`.
 *
 * Throws what `featurePair` throws.
 */
export const slicedWassersteinMetric = defineMetric({
  id: '@ganymede/metrics/sliced-wasserstein',
  summary: 'sliced Wasserstein distance of features or points',
  options: slicedWassersteinOptions,
  create: ({ projections, order, resamples, level, ...options }) => ({
    name: 'sliced-wasserstein',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const pair = await featurePair(input, options);
      const rng = metricRng(input, 'sliced-wasserstein');
      const found = await distance(pair.real, pair.fake, {
        backend: input.backend,
        projections,
        order,
        rng,
        resamples,
        level,
      });
      const provenance = { ...pair.provenance, projections, order };
      return [measured('slicedWasserstein', found.value, provenance, found.interval)];
    },
  }),
});
