import { defineMetric, type Measurement, type MetricInput, type Rng } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import { z } from 'zod';
import type { Rows } from './compute/rows.js';
import { metricRng } from './features/feature-pair.js';
import { imageShape } from './images/image-shape.js';
import { laplacianPyramid, type PyramidLevel, pyramidLevels } from './images/laplacian-pyramid.js';
import { patchSide, randomPatches, standardizeChannels } from './images/patches.js';
import { measured } from './measured.js';
import { finite, realSamples } from './sample-batches.js';
import { meanOfValues } from './statistics/bootstrap.js';
import { createReservoir } from './statistics/reservoir.js';
import { slicedWasserstein } from './wasserstein/sliced-wasserstein.js';

/** Options of {@link pyramidWasserstein}. */
export const pyramidWassersteinOptions = z.strictObject({
  count: z
    .number()
    .int()
    .min(2)
    .default(1000)
    .describe('images of each set; 8192 and more in the literature'),
  patches: z
    .number()
    .int()
    .positive()
    .default(128)
    .describe('patches of 7 x 7 pixels from each level of each image'),
  projections: z.number().int().positive().default(512).describe('random directions, all together'),
  smallest: z
    .number()
    .int()
    .min(patchSide)
    .default(16)
    .describe('the coarsest level is at least as many pixels wide'),
});

/** Patches of one level of all images, each channel at mean 0 and deviation 1. */
async function descriptors(
  images: AsyncIterable<Value>,
  level: number,
  levels: number,
  patches: number,
  channels: number,
  rng: Rng,
): Promise<Value> {
  const reservoir = createReservoir(channels * patchSide * patchSide, {});
  let seen = 0;
  for await (const batch of images) {
    const chosen = laplacianPyramid(batch, levels)[level] as PyramidLevel;
    reservoir.add(randomPatches(chosen, patches, rng, seen));
    seen += chosen.count;
  }
  const rows: Rows = reservoir.rows();
  standardizeChannels(rows);
  return { dtype: 'float32', shape: [rows.count, rows.size], data: rows.data as Float32Array };
}

/**
 * Sliced Wasserstein distance of patches at each scale of a Laplacian pyramid (Karras et al. 2018, section 5), times 1000 as published:
 * `swd16` compares the coarsest structure, the largest number the finest detail, `swd` is their mean. Needs no feature network
 * and no labels. Lower is better; compares at equal counts of images and patches. One level is in memory at a time.
 *
 * Throws `GANYMEDE_NO_IMAGES`, `GANYMEDE_IMAGE_SIZE` for images smaller than a patch, `GANYMEDE_SAMPLES_NON_FINITE`.
 */
export const pyramidWasserstein = defineMetric({
  id: '@ganymede/metrics/pyramid-wasserstein',
  summary: 'sliced Wasserstein distance of image patches at each scale (SWD)',
  options: pyramidWassersteinOptions,
  create: ({ count, patches, projections, smallest }) => ({
    name: 'pyramid-wasserstein',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const [channels, height, width] = imageShape(input.dataset);
      const levels = pyramidLevels(height, width, smallest);
      const rng = metricRng(input, 'pyramid-wasserstein');
      const provenance = {
        realSamples: Math.min(count, input.dataset.length),
        generatedSamples: count,
        patches,
        projections,
        seed: input.seed,
        data: await input.dataset.hash(),
      };
      const values: Measurement[] = [];
      for (let level = 0; level < levels; level++) {
        input.progress?.('patches at each scale', level, levels);
        const of = (images: AsyncIterable<Value>, name: string) =>
          descriptors(images, level, levels, patches, channels, rng.child(`${name}-${level}`));
        const real = await of(realSamples(input.dataset, count, input.seed), 'real');
        const fake = await of(finite(input.samples(count, input.seed)), 'generated');
        const { value } = await slicedWasserstein(real, fake, {
          backend: input.backend,
          projections,
          rng: rng.child(`directions-${level}`),
        });
        values.push(measured(`swd${Math.min(height, width) / 2 ** level}`, 1000 * value, provenance));
      }
      input.progress?.('patches at each scale', levels, levels);
      return [...values, measured('swd', meanOfValues(values.map(({ value }) => value)), provenance)];
    },
  }),
});
