import { nodeModule } from '@ganymede/core';
import type { Dataset, FieldSpec } from '@ganymede/core';
import { value } from '@ganymede/tensor';
import { checkIndices } from './check-indices.js';

const { createHash } = nodeModule('node:crypto');

/** Images as bytes, decoded or drawn one at a time, that {@link pixelDataset} makes a dataset. */
export interface PixelSource {
  readonly summary: string;
  readonly length: number;
  /** `[channels, height, width]`. */
  readonly shape: readonly [number, number, number];
  /** Bytes of one image, channel by channel; 0 becomes -1 and 255 becomes 1. */
  pixels(index: number): Uint8Array | Promise<Uint8Array>;
  readonly labels?: ArrayLike<number>;
  /** Class count of the labels. */
  readonly classes?: number;
  readonly source?: { readonly id: string; readonly options: unknown };
  /** Where the content is better hashed from something else than the pixels. */
  hash?(): Promise<string>;
}

/** float32 value of each byte: [0, 255] onto [-1, 1]. */
export const levels: Readonly<Float32Array> = Float32Array.from(
  { length: 256 },
  (_, byte) => byte / 127.5 - 1,
);

/** SHA-256 over shape, labels and every pixel. */
async function hashPixels(source: PixelSource): Promise<string> {
  const hash = createHash('sha256').update(
    JSON.stringify([source.length, source.shape, source.classes ?? 0]),
  );
  if (source.labels !== undefined) hash.update(Int32Array.from(source.labels));
  for (let i = 0; i < source.length; i++) {
    const pixels = source.pixels(i);
    hash.update(pixels instanceof Promise ? await pixels : pixels);
  }
  return hash.digest('hex');
}

/**
 * A dataset of images `[channels, height, width]` float32 in [-1, 1], with int32 `labels` where the source has them. It holds
 * bytes, a quarter of what float32 takes, and scales while reading.
 */
export function pixelDataset(source: PixelSource): Dataset {
  const { summary, length, shape, labels, classes } = source;
  const size = shape[0] * shape[1] * shape[2];
  const images: FieldSpec = { dtype: 'float32', shape };
  const fields: Record<string, FieldSpec> = { images };
  if (labels !== undefined)
    fields.labels = { dtype: 'int32', shape: [], ...(classes !== undefined && { classes }) };
  let hash: Promise<string> | undefined;
  return {
    summary,
    length,
    fields,
    ...(source.source !== undefined && { source: source.source }),
    async read(indices) {
      checkIndices(indices, length, summary);
      const wanted = Array.from(indices);
      const found = await Promise.all(wanted.map((index) => source.pixels(index)));
      const data = new Float32Array(found.length * size);
      found.forEach((pixels, row) => {
        for (let i = 0; i < size; i++) data[row * size + i] = levels[pixels[i] as number] as number;
      });
      const batch = value('float32', [found.length, ...shape], data);
      if (labels === undefined) return { images: batch };
      const classOf = Int32Array.from(wanted, (index) => labels[index] as number);
      return { images: batch, labels: value('int32', [found.length], classOf) };
    },
    hash() {
      hash ??= source.hash?.() ?? hashPixels(source);
      return hash;
    },
  };
}
