import { defineDataset, nodeModule } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { z } from 'zod';
import { findIdx } from './find-idx.js';
import { formatCount } from './format-count.js';
import { pixelDataset } from './pixel-dataset.js';
import { readIdx } from './read-idx.js';
import { pixelPadder, pixelResizer } from './resize-pixels.js';

const { basename, resolve } = nodeModule('node:path');

const id = '@ganymede/data/idx';

/** How images of `height` x `width` become `size` x `size`; identity where they already are. */
function fitter(height: number, width: number, size: number | undefined, fit: 'pad' | 'resize') {
  if (size === undefined || (size === height && size === width)) return (pixels: Uint8Array) => pixels;
  const smaller = size < height || size < width;
  return (smaller || fit === 'resize' ? pixelResizer : pixelPadder)(height, width, size);
}

/** The labels of `count` images. Throws `GANYMEDE_DATA_COUNT` where the file has another number of them. */
async function readLabels(path: string, count: number, images: string): Promise<Uint8Array> {
  const { data } = await readIdx(path, 1);
  if (data.length === count) return data;
  throw new GanymedeError('GANYMEDE_DATA_COUNT', {
    message: `"${path}" has ${data.length} labels, but "${images}" has ${count} images`,
    hint: 'give the label file that belongs to these images (train with train, t10k with t10k)',
    data: { images: count, labels: data.length },
  });
}

/**
 * MNIST and its kin: IDX files, plain or gzip. Grey images `[1, height, width]` in [-1, 1], and labels where there is a file.
 *
 * `images` is a file, a folder (its training set is taken), or a folder and the start of the names: `mnist/t10k`. Throws
 * `GANYMEDE_DATA_MISSING`, `_UNREADABLE`, `_EMPTY`, `_MAGIC`, `_TRUNCATED`, `_CORRUPT`, `_LENGTH` or `_COUNT`.
 */
export const idx = defineDataset({
  id,
  summary: 'MNIST-like IDX files, plain or gzip',
  options: z.object({
    images: z.string().min(1).describe('image file, folder, or folder and the start of the names'),
    labels: z
      .string()
      .min(1)
      .optional()
      .describe('label file; found beside the images by itself unless `images` is a file'),
    size: z
      .number()
      .int()
      .min(1)
      .max(1024)
      .optional()
      .describe('side of square images in pixels; otherwise as in the file'),
    fit: z
      .enum(['pad', 'resize'])
      .default('pad')
      .describe('how images grow to `size`: black margin or interpolation; they shrink by averaging'),
  }),
  create: async ({ images, labels, size, fit }) => {
    const files = await findIdx(images);
    const { dims, data } = await readIdx(files.images, 3);
    const [count, height, width] = dims as [number, number, number];
    if (count * height * width === 0) {
      throw new GanymedeError('GANYMEDE_DATA_EMPTY', {
        message: `"${files.images}" holds no images (${dims.join(' x ')})`,
        hint: 'use a file with at least one image',
        data: { dims },
      });
    }
    const labelFile = labels === undefined ? files.labels : resolve(labels);
    const classOf = labelFile === undefined ? undefined : await readLabels(labelFile, count, files.images);
    const classes = classOf?.reduce((most, label) => Math.max(most, label + 1), 0);
    const fitted = fitter(height, width, size, fit);
    const [h, w] = [size ?? height, size ?? width];
    return pixelDataset({
      summary:
        `idx ${basename(files.images)} ${h}x${w}x1, ${formatCount(count)} images` +
        (classes === undefined ? '' : `, ${classes} classes`),
      length: count,
      shape: [1, h, w],
      ...(classOf !== undefined && { labels: classOf }),
      ...(classes !== undefined && { classes }),
      source: {
        id,
        options: {
          images: files.images,
          ...(labelFile && { labels: labelFile }),
          ...(size && { size }),
          fit,
        },
      },
      pixels: (index) => fitted(data.subarray(index * height * width, (index + 1) * height * width)),
    });
  },
});
