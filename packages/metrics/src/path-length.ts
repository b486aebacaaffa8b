import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { z } from 'zod';
import { classifierSchema } from './classifier/classifier-schema.js';
import { metricRng } from './features/feature-pair.js';
import { featuresSchema, openFeatures } from './features/open-features.js';
import { measured } from './measured.js';
import { perceptualPathLength } from './path/perceptual-path-length.js';
import { bootstrapSchema } from './statistics/bootstrap.js';

/** Options of {@link pathLength}. */
export const pathLengthOptions = z.strictObject({
  count: z.number().int().min(2).default(1000).describe('paths'),
  epsilon: z
    .number()
    .positive()
    .lt(1)
    .default(1e-4)
    .describe('length of a step, of the whole way between two latents'),
  interpolation: z
    .enum(['slerp', 'lerp'])
    .default('slerp')
    .describe('turning evenly (slerp), for normal latents, or straight (lerp)'),
  sampling: z
    .enum(['full', 'end'])
    .default('full')
    .describe('steps anywhere on the way, or at its beginning'),
  trim: z.boolean().default(true).describe('leave out the shortest and the longest 1 %'),
  features: featuresSchema,
  classifier: classifierSchema.prefault({}),
  ...bootstrapSchema.shape,
});

/**
 * Perceptual path length (Karras et al. 2019): how far a small step between latents carries a sample in the features of a network, over the
 * step's length, squared. Lower is smoother. Published figures take VGG features; any network compares runs with each other.
 * See `perceptualPathLength`.
 *
 * Throws `GANYMEDE_NO_PATH` where there is no generator or its latents are discrete, and what `openFeatures` throws.
 */
export const pathLength = defineMetric({
  id: '@ganymede/metrics/path-length',
  summary: 'perceptual path length: how smooth the way between latents is',
  options: pathLengthOptions,
  create: ({ count, epsilon, interpolation, sampling, trim, features, classifier, resamples, level }) => ({
    name: 'path-length',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const { draw } = input;
      if (draw === undefined) {
        throw new GanymedeError('GANYMEDE_NO_PATH', {
          message: 'path length walks between latents of a generator; these samples come from none',
          hint: 'measure a run instead of a folder of samples',
        });
      }
      const opened = await openFeatures(features, input, classifier);
      try {
        const found = await perceptualPathLength({
          draw: (paths, rng) => draw(paths, rng),
          network: opened.network,
          count,
          epsilon,
          interpolation,
          sampling,
          trim,
          resamples,
          level,
          rng: metricRng(input, 'path-length'),
          progress: (done, total) => input.progress?.('path length', done, total),
        });
        const provenance = {
          ...opened.provenance,
          epsilon,
          interpolation,
          sampling,
          generatedSamples: 2 * count,
          kept: found.kept,
          seed: input.seed,
          data: await input.dataset.hash(),
        };
        return [measured('pathLength', found.value, provenance, found.interval)];
      } finally {
        await opened.dispose();
      }
    },
  }),
});
