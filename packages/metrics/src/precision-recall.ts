import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import { z } from 'zod';
import { precisionSchema } from './compute/precision-schema.js';
import { featureOptions, featurePair, metricRng } from './features/feature-pair.js';
import { measured } from './measured.js';
import { manifoldScores } from './neighbours/manifold-scores.js';
import { bootstrapMean, bootstrapSchema, meanOfValues } from './statistics/bootstrap.js';

/** Options of {@link precisionRecall}. */
export const precisionRecallOptions = z.strictObject({
  ...featureOptions,
  k: z.number().int().positive().default(3).describe("neighbours that make a sample's ball"),
  precision: precisionSchema,
  ...bootstrapSchema.shape,
});

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019): the share of generated samples near real ones (do they look real?), and of real
 * samples near generated ones (is all of the data made?). 0 to 1, higher is better; depends on `k` and the counts. See
 * `manifoldScores`.
 *
 * Throws `GANYMEDE_TOO_FEW_SAMPLES` and what `featurePair` throws.
 */
export const precisionRecall = defineMetric({
  id: '@ganymede/metrics/precision-recall',
  summary: 'do samples look real (precision), is all of the data made (recall)',
  options: precisionRecallOptions,
  create: ({ k, precision, resamples, level, ...options }) => ({
    name: 'precision-recall',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const pair = await featurePair(input, options);
      const scores = await manifoldScores(pair.real, pair.fake, {
        k,
        backend: input.backend,
        precision,
        progress: (done, total) => input.progress?.('precision and recall', done, total),
      });
      const provenance = { ...pair.provenance, k };
      return (['precision', 'recall'] as const).map((name) => {
        const interval = bootstrapMean(scores[name], metricRng(input, name), { resamples, level });
        return measured(name, meanOfValues(scores[name]), provenance, interval);
      });
    },
  }),
});
