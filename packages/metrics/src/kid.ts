import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import { z } from 'zod';
import { precisionSchema } from './compute/precision-schema.js';
import { featureOptions, featurePair, metricRng } from './features/feature-pair.js';
import { kernelInceptionDistance } from './kernels/kernel-inception-distance.js';
import { measured } from './measured.js';
import { bootstrapSchema } from './statistics/bootstrap.js';

/** Options of {@link kid}. */
export const kidOptions = z.strictObject({
  ...featureOptions,
  subsets: z.number().int().positive().default(100).describe('random subsets that are averaged'),
  subsetSize: z
    .number()
    .int()
    .min(2)
    .optional()
    .describe('samples of each set in a subset. Default: 1000, or as many as there are if they are fewer'),
  precision: precisionSchema,
  ...bootstrapSchema.shape,
});

/**
 * Kernel inception distance (KID, Bińkowski et al. 2018), unbiased: 0 in the mean for equal distributions at any count, lower is better.
 * `kidStd` is the deviation over subsets, published beside it. See `kernelInceptionDistance`.
 *
 * Throws `GANYMEDE_TOO_FEW_SAMPLES` and what `featurePair` throws.
 */
export const kid = defineMetric({
  id: '@ganymede/metrics/kid',
  summary: 'kernel distance of features (KID), unbiased by the count',
  options: kidOptions,
  create: ({ subsets, subsetSize, precision, resamples, level, ...options }) => ({
    name: 'kid',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const pair = await featurePair(input, options);
      const found = await kernelInceptionDistance(pair.real, pair.fake, {
        backend: input.backend,
        precision,
        subsets,
        ...(subsetSize === undefined ? {} : { subsetSize }),
        rng: metricRng(input, 'kid'),
        resamples,
        level,
        progress: (done, total) => input.progress?.('kid', done, total),
      });
      const provenance = { ...pair.provenance, subsets: found.subsets, subsetSize: found.subsetSize };
      return [
        measured('kid', found.value, provenance, found.interval),
        measured('kidStd', found.std, provenance),
      ];
    },
  }),
});
