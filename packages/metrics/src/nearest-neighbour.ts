import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { z } from 'zod';
import { precisionSchema } from './compute/precision-schema.js';
import { featureOptions, featurePair, metricRng } from './features/feature-pair.js';
import { measured } from './measured.js';
import { nearestNeighbours } from './neighbours/nearest-neighbour-accuracy.js';
import { bootstrap, bootstrapSchema, meanAt, meanOfValues } from './statistics/bootstrap.js';

/** Options of {@link nearestNeighbour}. */
export const nearestNeighbourOptions = z.strictObject({
  ...featureOptions,
  precision: precisionSchema,
  ...bootstrapSchema.shape,
});

/**
 * Two-sample test by the nearest neighbour (Lopez-Paz, Oquab 2017; Xu et al. 2018): the share of samples whose nearest other sample is of
 * their own set, 0.5 for equal distributions and 1 for disjoint ones; below 0.5 samples are copies. `…Real` and `…Generated` are the
 * shares of either set: low for real and high for generated samples means collapse. Equally many of both are compared.
 *
 * Throws `GANYMEDE_TOO_FEW_SAMPLES` and what `featurePair` throws.
 */
export const nearestNeighbour = defineMetric({
  id: '@ganymede/metrics/nearest-neighbour',
  summary: 'can a nearest neighbour tell samples from data: 0.5 if not, 1 always',
  options: nearestNeighbourOptions,
  create: ({ precision, resamples, level, ...options }) => ({
    name: 'nearest-neighbour',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      // The classifier would lean to the larger set.
      const count = Math.min(options.count, input.dataset.length);
      if (count < 2) {
        throw new GanymedeError('GANYMEDE_TOO_FEW_SAMPLES', {
          message: `a nearest neighbour needs at least 2 samples of each set, the data has ${count}`,
          hint: 'compare with more data',
        });
      }
      const pair = await featurePair(input, { ...options, count });
      const { real, fake } = await nearestNeighbours(pair.real, pair.fake, {
        backend: input.backend,
        precision,
        progress: (done, total) => input.progress?.('nearest neighbours', done, total),
      });
      const accuracy = (ofReal: number, ofFake: number): number =>
        (ofReal * real.length + ofFake * fake.length) / (real.length + fake.length);
      const interval = bootstrap(
        [real.length, fake.length],
        ([a, b]) => accuracy(meanAt(real, a as Int32Array), meanAt(fake, b as Int32Array)),
        metricRng(input, 'nearest-neighbour'),
        { resamples, level },
      );
      const value = accuracy(meanOfValues(real), meanOfValues(fake));
      return [
        measured('nearestNeighbourAccuracy', value, pair.provenance, interval),
        measured('nearestNeighbourAccuracyReal', meanOfValues(real), pair.provenance),
        measured('nearestNeighbourAccuracyGenerated', meanOfValues(fake), pair.provenance),
      ];
    },
  }),
});
