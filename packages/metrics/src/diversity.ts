import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import { z } from 'zod';
import { metricRng } from './features/feature-pair.js';
import { type ImageComparison, openComparison } from './images/compare-images.js';
import { imageShape } from './images/image-shape.js';
import { measured } from './measured.js';
import { finite, realSamples } from './sample-batches.js';
import { bootstrapMean, bootstrapSchema, meanOfValues } from './statistics/bootstrap.js';

/** Options of {@link diversity}. */
export const diversityOptions = z.strictObject({
  count: z.number().int().min(2).default(2000).describe('samples, taken two by two'),
  scales: z
    .number()
    .int()
    .min(1)
    .max(5)
    .default(5)
    .describe('scales of MS-SSIM: 5 need sides of 176 pixels, 1 is SSIM'),
  window: z.number().int().min(3).default(11).describe('side of the window in pixels'),
  ...bootstrapSchema.shape,
});

/** The similarity of samples that follow one another, two by two. */
async function similarities(
  samples: AsyncIterable<Value>,
  comparison: ImageComparison,
  pairs: number,
  progress: (done: number) => void,
): Promise<number[]> {
  const values: number[] = [];
  let held: Float32Array | undefined;
  for await (const { shape, data } of samples) {
    const [count = 0, ...rest] = shape;
    const size = data.length / Math.max(count, 1);
    const images = Array.from({ length: count }, (_, i) =>
      (data as Float32Array).subarray(i * size, (i + 1) * size),
    );
    if (held !== undefined) images.unshift(held);
    held = images.length % 2 === 1 ? Float32Array.from(images.pop() as Float32Array) : undefined;
    if (images.length === 0) continue;
    const side = (parity: number): Value => {
      const own = images.filter((_, i) => i % 2 === parity);
      const joined = new Float32Array(own.length * size);
      for (const [i, image] of own.entries()) joined.set(image, i * size);
      return { dtype: 'float32', shape: [own.length, ...rest], data: joined };
    };
    values.push(...(await comparison.compare(side(0), side(1))));
    progress(Math.min(values.length, pairs));
  }
  return values;
}

/**
 * Likeness of samples to each other (Odena, Olah, Shlens 2017, section 4.2): the mean MS-SSIM of random pairs, beside that of real images.
 * A generator whose `msSsimOfSamples` is above `msSsimOfData` makes too much of the same. Says nothing of quality.
 *
 * Throws `GANYMEDE_IMAGE_SIZE` for images too small for the scales, `GANYMEDE_NO_IMAGES`, `GANYMEDE_SAMPLES_NON_FINITE`.
 */
export const diversity = defineMetric({
  id: '@ganymede/metrics/diversity',
  summary: 'how alike samples are to each other (MS-SSIM of pairs), beside real images',
  options: diversityOptions,
  create: ({ count, scales, window, resamples, level }) => ({
    name: 'diversity',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const options = { scales, window, backend: input.backend };
      const pairs = Math.floor(count / 2);
      const comparison = await openComparison('ms-ssim', imageShape(input.dataset), options);
      try {
        const realPairs = Math.min(pairs, Math.floor(input.dataset.length / 2));
        const of = (samples: AsyncIterable<Value>, from: number) =>
          similarities(samples, comparison, pairs, (done) =>
            input.progress?.('pairs of images', from + done, realPairs + pairs),
          );
        const real = await of(realSamples(input.dataset, 2 * realPairs, input.seed), 0);
        const fake = await of(finite(input.samples(2 * pairs, input.seed)), realPairs);
        const provenance = {
          pairs,
          realPairs,
          scales,
          window,
          seed: input.seed,
          data: await input.dataset.hash(),
        };
        return [['msSsimOfSamples', fake] as const, ['msSsimOfData', real] as const].map(([name, values]) =>
          measured(
            name,
            meanOfValues(values),
            provenance,
            bootstrapMean(values, metricRng(input, name), { resamples, level }),
          ),
        );
      } finally {
        await comparison.dispose();
      }
    },
  }),
});
