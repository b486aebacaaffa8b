import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import { z } from 'zod';
import { precisionSchema } from './compute/precision-schema.js';
import { featureOptions, featurePair, metricRng } from './features/feature-pair.js';
import { rbfDiscrepancy } from './kernels/rbf-discrepancy.js';
import { measured } from './measured.js';
import { bootstrapSchema } from './statistics/bootstrap.js';

/** Options of {@link mmd}. */
export const mmdOptions = z.strictObject({
  ...featureOptions,
  bandwidth: z
    .number()
    .positive()
    .optional()
    .describe('width of the Gaussian kernel. Default: the median distance between samples'),
  precision: precisionSchema,
  ...bootstrapSchema.shape,
});

/**
 * Squared maximum mean discrepancy with a Gaussian kernel (Gretton et al. 2012), unbiased, lower is better. The width is part of the
 * provenance: figures of different widths do not compare. See `rbfDiscrepancy`.
 *
 * Throws `GANYMEDE_TOO_FEW_SAMPLES` and what `featurePair` throws.
 */
export const mmd = defineMetric({
  id: '@ganymede/metrics/mmd',
  summary: 'maximum mean discrepancy of features with a Gaussian kernel',
  options: mmdOptions,
  create: ({ bandwidth, precision, resamples, level, ...options }) => ({
    name: 'mmd',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const pair = await featurePair(input, options);
      const found = await rbfDiscrepancy(pair.real, pair.fake, {
        backend: input.backend,
        precision,
        ...(bandwidth === undefined ? {} : { bandwidth }),
        rng: metricRng(input, 'mmd'),
        resamples,
        level,
        progress: (done, total) => input.progress?.('mmd', done, total),
      });
      const provenance = { ...pair.provenance, bandwidth: found.bandwidth };
      return [measured('mmd', found.value, provenance, found.interval)];
    },
  }),
});
