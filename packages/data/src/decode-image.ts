import type { Buffer } from 'node:buffer';
import { loadSharp } from './load-sharp.js';

/** How an image becomes a square of the dataset's size. */
export interface DecodeOptions {
  readonly size: number;
  readonly channels: 1 | 3;
  /** `center`: fill the square and cut what sticks out; `pad`: fit inside it on black; `stretch`: ignore proportions. */
  readonly crop: 'center' | 'pad' | 'stretch';
}

const fits = { center: 'cover', pad: 'contain', stretch: 'fill' } as const;

/**
 * Decodes an image file's bytes to `channels * size * size` bytes, channel by channel. Turns it upright by its EXIF
 * orientation, converts to sRGB or grey of 8 bits, puts transparent parts on black, takes the first frame of an animation.
 * Rejects for anything that does not decode whole (cut short or damaged).
 */
export async function decodeImage(
  bytes: Uint8Array,
  { size, channels, crop }: DecodeOptions,
): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const { data, info } = await sharp(bytes as Buffer, { failOn: 'error' })
    .autoOrient()
    .flatten({ background: '#000' })
    .resize(size, size, { fit: fits[crop], background: '#000' })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const plane = size * size;
  const out = new Uint8Array(channels * plane);
  for (let channel = 0; channel < channels; channel++) {
    const from = Math.min(channel, info.channels - 1);
    for (let i = 0; i < plane; i++) out[channel * plane + i] = data[i * info.channels + from] as number;
  }
  return out;
}
