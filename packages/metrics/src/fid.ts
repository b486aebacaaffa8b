import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import { z } from 'zod';
import { classifierSchema } from './classifier/classifier-schema.js';
import { trainClassifier } from './classifier/train-classifier.js';
import type { FeatureNetwork } from './feature-network.js';
import { frechetDistance, gaussianOf } from './frechet-distance.js';
import { featureMoments } from './frechet-of-samples.js';
import { finite, realSamples } from './sample-batches.js';

const isFeatureNetwork = (x: unknown): x is FeatureNetwork =>
  typeof x === 'object' && x !== null && 'extract' in x && 'size' in x && 'source' in x;

/** Options of {@link fid}. */
export const fidOptions = z.strictObject({
  /** Generated samples, and at most as many real ones. */
  count: z.number().int().min(2).default(5000),
  /** Also measure the generator as the run started it, and the share of its distance that is left. */
  untrained: z.boolean().default(true),
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
 * runs on the same data, never with published Inception figures. `fidUntrained` is the distance of the generator as the run
 * started it, `fidRatio` how much of that is left. See `frechetOfSamples`.
 *
 * Throws `GANYMEDE_NO_IMAGES`, `GANYMEDE_NO_LABELS`, `GANYMEDE_SAMPLES_NON_FINITE`.
 */
export const fid = defineMetric({
  id: '@ganymede/metrics/fid',
  summary: "Fréchet distance in the features of a classifier trained on the data's labels",
  options: fidOptions,
  create: ({ count, untrained, classifier: options, features }) => ({
    name: 'fid',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const classifier = features ? undefined : await trainClassifier(input.dataset, input.backend, options);
      const network = features ?? classifier!.features;
      try {
        const real = gaussianOf(await featureMoments(realSamples(input.dataset, count, input.seed), network));
        const provenance = {
          ...(classifier?.provenance ?? { features: network.source }),
          featureCount: network.size,
          realSamples: Math.min(count, input.dataset.length),
          generatedSamples: count,
          seed: input.seed,
          data: await input.dataset.hash(),
        };
        const distanceOf = async (samples: AsyncIterable<Value>) =>
          frechetDistance(real, gaussianOf(await featureMoments(finite(samples), network)));
        const value = await distanceOf(input.samples(count, input.seed));
        const measured = { name: 'fid', value, provenance };
        if (!untrained || !input.untrained) return [measured];
        const before = await distanceOf(input.untrained(count, input.seed));
        return [
          measured,
          {
            name: 'fidUntrained',
            value: before,
            provenance: { ...provenance, generator: 'as the run started it' },
          },
          { name: 'fidRatio', value: value / before, provenance },
        ];
      } finally {
        await classifier?.dispose();
      }
    },
  }),
});
