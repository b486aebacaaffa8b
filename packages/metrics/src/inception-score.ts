import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import { z } from 'zod';
import { classifierSchema } from './classifier/classifier-schema.js';
import { metricRng } from './features/feature-pair.js';
import { featuresSchema, openFeatures } from './features/open-features.js';
import { inceptionScore } from './inception-scores.js';
import { measured } from './measured.js';
import { finite } from './sample-batches.js';
import { bootstrapSchema } from './statistics/bootstrap.js';

/** Options of {@link inceptionScoreMetric}. */
export const inceptionScoreOptions = z.strictObject({
  count: z.number().int().min(2).default(5000).describe('generated samples'),
  splits: z.number().int().positive().default(10).describe('parts whose scores are averaged'),
  features: featuresSchema.describe(
    'where class probabilities come from: the classifier trained on the data, or an ONNX classifier',
  ),
  classifier: classifierSchema.prefault({}),
  ...bootstrapSchema.shape,
});

/**
 * Inception-style score (Salimans et al. 2016) by any classifier: 1 … number of classes, higher is better. With Inception-v3's own
 * classes (an ONNX file) it is the Inception score; with the classifier trained on the data it compares runs on that data only.
 * `inceptionScoreStd` is the deviation over the splits. See `inceptionScore`.
 *
 * Throws `GANYMEDE_NO_CLASSES`, `GANYMEDE_NO_LABELS`, `GANYMEDE_TOO_FEW_SAMPLES`, `GANYMEDE_SAMPLES_NON_FINITE`.
 */
export const inceptionScoreMetric = defineMetric({
  id: '@ganymede/metrics/inception-score',
  summary: 'Inception-style score: clear samples of every class',
  options: inceptionScoreOptions,
  create: ({ count, splits, features, classifier, resamples, level }) => ({
    name: 'inception-score',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const opened = await openFeatures(features, input, classifier);
      try {
        const probabilities = await opened.probabilities();
        async function* labelled(): AsyncGenerator<Value> {
          let done = 0;
          for await (const batch of finite(input.samples(count, input.seed))) {
            yield await probabilities.of(batch);
            done += batch.shape[0] ?? 0;
            input.progress?.('classes of generated samples', done, count);
          }
        }
        const rng = metricRng(input, 'inception-score');
        const found = await inceptionScore(labelled(), count, { splits, rng, resamples, level });
        const provenance = {
          ...opened.provenance,
          classes: probabilities.classes,
          splits,
          generatedSamples: count,
          seed: input.seed,
          data: await input.dataset.hash(),
        };
        return [
          measured('inceptionScore', found.value, provenance, found.interval),
          measured('inceptionScoreStd', found.std, provenance),
        ];
      } finally {
        await opened.dispose();
      }
    },
  }),
});
