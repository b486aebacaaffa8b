import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import { z } from 'zod';
import { classScores, type ClassScores } from './class-scores.js';
import { classifierSchema } from './classifier/classifier-schema.js';
import { type Classifier, trainClassifier } from './classifier/train-classifier.js';
import { finite } from './sample-batches.js';
import type { Value } from '@ganymede/tensor';

/** Options of {@link classes}. */
export const classesOptions = z.strictObject({
  /** Generated samples. */
  count: z.number().int().positive().default(1000),
  /** The classifier that labels them. */
  classifier: classifierSchema.prefault({}),
});

/** Class entropy and mean confidence of samples that come in batches. */
export async function classifierScores(
  samples: AsyncIterable<Value>,
  classifier: Classifier,
): Promise<ClassScores> {
  const probabilities: number[] = [];
  for await (const batch of samples) {
    for (const p of (await classifier.probabilities(batch)).data as Float32Array) probabilities.push(p);
  }
  return classScores(probabilities, classifier.classes);
}

/**
 * Does the generator make every class, and clearly? `classEntropy`: entropy in nats of the histogram of predicted labels, ln K
 * at best; `confidence`: mean largest class probability. The classifier is trained by Ganymede on the data at hand.
 *
 * Throws `GANYMEDE_NO_IMAGES`, `GANYMEDE_NO_LABELS`, `GANYMEDE_SAMPLES_NON_FINITE`.
 */
export const classes = defineMetric({
  id: '@ganymede/metrics/classes',
  summary: "class entropy and confidence by a classifier trained on the data's labels",
  options: classesOptions,
  create: ({ count, classifier: options }) => ({
    name: 'classes',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const classifier = await trainClassifier(input.dataset, input.backend, options);
      try {
        const scores = await classifierScores(finite(input.samples(count, input.seed)), classifier);
        const provenance = {
          ...classifier.provenance,
          classes: classifier.classes,
          bestClassEntropy: Math.log(classifier.classes),
          histogram: scores.histogram.join(' '),
          generatedSamples: count,
          seed: input.seed,
          data: await input.dataset.hash(),
        };
        return [
          { name: 'classEntropy', value: scores.classEntropy, provenance },
          { name: 'confidence', value: scores.confidence, provenance },
        ];
      } finally {
        await classifier.dispose();
      }
    },
  }),
});
