import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import { z } from 'zod';
import { precisionSchema } from './compute/precision-schema.js';
import { featureOptions, featurePair, metricRng } from './features/feature-pair.js';
import { measured } from './measured.js';
import { manifoldScores } from './neighbours/manifold-scores.js';
import { bootstrapMean, bootstrapSchema, meanOfValues } from './statistics/bootstrap.js';

/** Options of {@link densityCoverage}. */
export const densityCoverageOptions = z.strictObject({
  ...featureOptions,
  k: z.number().int().positive().default(5).describe("neighbours that make a sample's ball"),
  precision: precisionSchema,
  ...bootstrapSchema.shape,
});

/**
 * Density and coverage (Naeem et al. 2020): how many balls of real samples a generated one lies in, over k (1 for equal distributions, above
 * 1 where samples crowd), and the share of real samples with a generated one in their ball. Sturdier against outliers than
 * precision and recall. See `manifoldScores`.
 *
 * Throws `GANYMEDE_TOO_FEW_SAMPLES` and what `featurePair` throws.
 */
export const densityCoverage = defineMetric({
  id: '@ganymede/metrics/density-coverage',
  summary: 'how densely samples lie where data is, and what share of the data they cover',
  options: densityCoverageOptions,
  create: ({ k, precision, resamples, level, ...options }) => ({
    name: 'density-coverage',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const pair = await featurePair(input, options);
      const scores = await manifoldScores(pair.real, pair.fake, {
        k,
        backend: input.backend,
        precision,
        progress: (done, total) => input.progress?.('density and coverage', done, total),
      });
      const provenance = { ...pair.provenance, k };
      return (['density', 'coverage'] as const).map((name) => {
        const interval = bootstrapMean(scores[name], metricRng(input, name), { resamples, level });
        return measured(name, meanOfValues(scores[name]), provenance, interval);
      });
    },
  }),
});
