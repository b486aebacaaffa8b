import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import { z } from 'zod';
import { classifierSchema } from './classifier/classifier-schema.js';
import { trainClassifier } from './classifier/train-classifier.js';
import type { FeatureNetwork } from './feature-network.js';
import { frechetOfSamples } from './frechet-of-samples.js';
import { finite, realSamples } from './sample-batches.js';

const isFeatureNetwork = (x: unknown): x is FeatureNetwork =>
  typeof x === 'object' && x !== null && 'extract' in x && 'size' in x && 'source' in x;

/** Options of {@link fid}. */
export const fidOptions = z.strictObject({
  /** Generated samples, and at most as many real ones. */
  count: z.number().int().min(2).default(5000),
  /** The classifier whose features are used where no other network is given. */
  classifier: classifierSchema.prefault({}),
  /** Any other feature network; in code only. */
  features: z
    .custom<FeatureNetwork>(isFeatureNetwork, 'expected a feature network: { source, size, extract }')
    .optional(),
});

/**
 * Fréchet distance (FID, Heusel et al. 2017) between real and generated samples, lower is better, 0 for equal distributions.
 * The features are those of a small classifier that Ganymede trains on the data at hand, not Inception's: values compare between
 * runs on the same data, never with published Inception figures. See {@link frechetOfSamples}.
 *
 * Throws `GANYMEDE_NO_IMAGES`, `GANYMEDE_NO_LABELS`, `GANYMEDE_SAMPLES_NON_FINITE`.
 */
export const fid = defineMetric({
  id: '@ganymede/metrics/fid',
  summary: "Fréchet distance in the features of a classifier trained on the data's labels",
  options: fidOptions,
  create: ({ count, classifier: options, features }) => ({
    name: 'fid',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const classifier = features ? undefined : await trainClassifier(input.dataset, input.backend, options);
      const network = features ?? classifier!.features;
      try {
        const real = realSamples(input.dataset, count, input.seed);
        const fake = finite(input.samples(count, input.seed));
        const { distance, realCount, fakeCount } = await frechetOfSamples(real, fake, network);
        const provenance = {
          ...(classifier?.provenance ?? { features: network.source }),
          featureCount: network.size,
          realSamples: realCount,
          generatedSamples: fakeCount,
          seed: input.seed,
          data: await input.dataset.hash(),
        };
        return [{ name: 'fid', value: distance, provenance }];
      } finally {
        await classifier?.dispose();
      }
    },
  }),
});
