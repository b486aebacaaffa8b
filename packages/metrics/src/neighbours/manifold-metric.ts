import type { Measurement, Metric, MetricInput } from '@ganymede/core';
import { z } from 'zod';
import { precisionSchema } from '../compute/precision-schema.js';
import { featureOptions, featurePair, metricRng } from '../features/feature-pair.js';
import { measured } from '../measured.js';
import { bootstrapMean, bootstrapSchema, meanOfValues } from '../statistics/bootstrap.js';
import { type ManifoldScores, manifoldScores } from './manifold-scores.js';

/** Options of a metric of balls around samples, of `k` neighbours unless told otherwise. */
export const manifoldMetricOptions = (k: number) =>
  z.strictObject({
    ...featureOptions,
    k: z.number().int().positive().default(k).describe("neighbours that make a sample's ball"),
    precision: precisionSchema,
    ...bootstrapSchema.shape,
  });

/** A metric called `name` that reports `scores`, each with its interval. See `manifoldScores`. */
export const manifoldMetric = (
  name: string,
  scores: readonly (keyof ManifoldScores)[],
  { k, precision, resamples, level, ...options }: z.output<ReturnType<typeof manifoldMetricOptions>>,
): Metric => ({
  name,
  async measure(input: MetricInput): Promise<readonly Measurement[]> {
    const pair = await featurePair(input, options);
    const found = await manifoldScores(pair.real, pair.fake, {
      k,
      backend: input.backend,
      precision,
      progress: (done, total) => input.progress?.(scores.join(' and '), done, total),
    });
    const provenance = { ...pair.provenance, k };
    return scores.map((score) => {
      const interval = bootstrapMean(found[score], metricRng(input, score), { resamples, level });
      return measured(score, meanOfValues(found[score]), provenance, interval);
    });
  },
});
