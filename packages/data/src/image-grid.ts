import type { Buffer } from 'node:buffer';
import { formatShape, GanymedeError, type Value } from '@ganymede/tensor';
import { encodePng } from './png.js';

/** Options of {@link imageGrid}. */
export interface ImageGridOptions {
  /** Images per row. @defaultValue the square root of their number, rounded up */
  readonly columns?: number;
  /** Whole number of screen pixels for each pixel. @defaultValue 2 for images up to 64 pixels wide, otherwise 1 */
  readonly scale?: number;
  /** Pixels between images and around them. @defaultValue 2 */
  readonly padding?: number;
}

/** Byte of a level in [-1, 1]; what lies outside is clipped, NaN becomes black. */
const byteOf = (x: number): number => Math.min(255, Math.max(0, Math.round((x + 1) * 127.5))) || 0;

function checkImages({
  shape,
  dtype,
}: Value): readonly [count: number, channels: 1 | 3, height: number, width: number] {
  const [count = 0, channels = 0, height = 0, width = 0] = shape;
  if (
    shape.length !== 4 ||
    (channels !== 1 && channels !== 3) ||
    count * height * width === 0 ||
    dtype === 'int64'
  ) {
    throw new GanymedeError('GANYMEDE_DATA_SHAPE', {
      message: `a grid needs images [count, 1 or 3, height, width] in [-1, 1], got ${dtype} ${formatShape(shape)}`,
      hint: 'samples of an image generator have this shape',
      data: { shape, dtype },
    });
  }
  return [count, channels, height, width];
}

/**
 * A PNG of images `[count, channels, height, width]` in [-1, 1] in rows, from the top left, on a dark grey ground.
 * Throws `GANYMEDE_DATA_SHAPE`.
 */
export async function imageGrid(images: Value, options: ImageGridOptions = {}): Promise<Buffer> {
  const [count, channels, height, width] = checkImages(images);
  const columns = Math.max(1, Math.min(count, options.columns ?? Math.ceil(Math.sqrt(count))));
  const rows = Math.ceil(count / columns);
  const scale = Math.max(1, Math.round(options.scale ?? (width <= 64 ? 2 : 1)));
  const padding = Math.max(0, Math.round(options.padding ?? 2));
  const cell = { width: width * scale + padding, height: height * scale + padding };
  const sheet = { width: columns * cell.width + padding, height: rows * cell.height + padding };
  const pixels = new Uint8Array(sheet.width * sheet.height * channels).fill(48);
  const data = images.data as Float32Array;
  for (let n = 0; n < count; n++) {
    const left = padding + (n % columns) * cell.width;
    const top = padding + Math.floor(n / columns) * cell.height;
    for (let y = 0; y < height * scale; y++) {
      for (let x = 0; x < width * scale; x++) {
        const from = Math.floor(y / scale) * width + Math.floor(x / scale);
        const to = ((top + y) * sheet.width + left + x) * channels;
        for (let k = 0; k < channels; k++) {
          pixels[to + k] = byteOf(data[(n * channels + k) * height * width + from] as number);
        }
      }
    }
  }
  return encodePng(pixels, sheet.width, sheet.height, channels);
}
