import { type Dataset, defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import { GanymedeError, type Value } from '@ganymede/tensor';
import { z } from 'zod';
import { metricRng } from './features/feature-pair.js';
import { openComparison, psnr } from './images/compare-images.js';
import { imageShape } from './images/image-shape.js';
import { smallestSide } from './images/structural-similarity.js';
import { measured } from './measured.js';
import { finite } from './sample-batches.js';
import { bootstrapMean, bootstrapSchema, meanOfValues } from './statistics/bootstrap.js';

/** Options of {@link imagePairs}. */
export const imagePairsOptions = z.strictObject({
  count: z.number().int().positive().default(5000).describe('pairs, at most as many as the data has'),
  scales: z
    .number()
    .int()
    .min(1)
    .max(5)
    .optional()
    .describe('scales of MS-SSIM. Default: 5, or none where the images are too small for them'),
  window: z.number().int().min(3).default(11).describe('side of the window in pixels'),
  ...bootstrapSchema.shape,
});

async function* examplesInOrder(dataset: Dataset, from: number, count: number): AsyncIterable<Value> {
  const [field] = Object.keys(dataset.fields) as [string];
  const indices = Array.from({ length: count }, (_, i) => from + i);
  yield (await dataset.read(indices))[field] as Value;
}

/**
 * PSNR, SSIM (Wang et al. 2004) and MS-SSIM (Wang et al. 2003) of each sample with the example that it is made for: super-resolution,
 * translation, restoration. Means over pairs, higher is better. MS-SSIM of five scales needs sides of 176 pixels and is left out
 * below, unless fewer `scales` are asked for.
 *
 * Throws `GANYMEDE_NOT_PAIRED` where samples belong to no example, `GANYMEDE_NO_IMAGES`, `GANYMEDE_IMAGE_SIZE`.
 */
export const imagePairs = defineMetric({
  id: '@ganymede/metrics/image-pairs',
  summary: 'PSNR, SSIM and MS-SSIM of samples with the images they are made for',
  options: imagePairsOptions,
  create: ({ count, scales, window, resamples, level }) => ({
    name: 'image-pairs',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      if (input.paired !== true) {
        throw new GanymedeError('GANYMEDE_NOT_PAIRED', {
          message:
            'PSNR and SSIM compare each sample with the image it is made for; these samples are made for none',
          hint: 'evaluate a folder of samples, named like the images in --data; for the likeness of samples to each other use @ganymede/metrics/diversity',
        });
      }
      const shape = imageShape(input.dataset);
      const pairs = Math.min(count, input.dataset.length);
      const fits = Math.min(shape[1], shape[2]) >= smallestSide(5, window);
      const chosen = scales ?? (fits ? 5 : undefined);
      const single = await openComparison('ssim', shape, { window, backend: input.backend });
      const multi =
        chosen === undefined
          ? undefined
          : await openComparison('ms-ssim', shape, { window, scales: chosen, backend: input.backend });
      try {
        const values: Record<'psnr' | 'ssim' | 'msSsim', number[]> = { psnr: [], ssim: [], msSsim: [] };
        for await (const batch of finite(input.samples(pairs, input.seed))) {
          for await (const real of examplesInOrder(input.dataset, values.psnr.length, batch.shape[0] ?? 0)) {
            values.ssim.push(...(await single.compare(real, batch)));
            if (multi !== undefined) values.msSsim.push(...(await multi.compare(real, batch)));
            values.psnr.push(...psnr(real, batch));
          }
          input.progress?.('pairs of images', values.psnr.length, pairs);
        }
        const provenance = { pairs, window, data: await input.dataset.hash() };
        const scored = chosen === undefined ? ([] as const) : (['msSsim'] as const);
        return (['psnr', 'ssim', ...scored] as const).map((name) => {
          const interval = bootstrapMean(values[name], metricRng(input, name), { resamples, level });
          const more = name === 'msSsim' ? { scales: chosen as number } : {};
          return measured(name, meanOfValues(values[name]), { ...provenance, ...more }, interval);
        });
      } finally {
        await single.dispose();
        await multi?.dispose();
      }
    },
  }),
});
