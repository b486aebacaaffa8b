import type { Buffer } from 'node:buffer';
import { GanymedeError, type Value, value } from '@ganymede/tensor';
import { loadSharp } from './load-sharp.js';
import { levels } from './pixel-dataset.js';

/**
 * Encodes pixels, interleaved `[height, width, channels]` bytes of 1 (grey), 3 (RGB) or 4 channels, as a PNG.
 */
export async function encodePng(
  pixels: Uint8Array,
  width: number,
  height: number,
  channels: 1 | 3 | 4,
): Promise<Buffer> {
  const sharp = await loadSharp();
  const image = sharp(pixels, { raw: { width, height, channels } });
  return (channels === 1 ? image.toColourspace('b-w') : image).png().toBuffer();
}

/**
 * Decodes a PNG (or any image that sharp reads) to `[channels, height, width]` float32 in [-1, 1], with the file's own
 * channels. Throws `GANYMEDE_DATA_UNREADABLE`.
 */
export async function decodePng(bytes: Uint8Array): Promise<Value<'float32'>> {
  const sharp = await loadSharp();
  const decode = async () => {
    // Left alone, sharp turns grey into three equal channels.
    const { channels } = await sharp(bytes).metadata();
    return sharp(bytes)
      .toColourspace(channels < 3 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
  };
  const { data, info } = await decode().catch((cause: unknown) => {
    throw new GanymedeError('GANYMEDE_DATA_UNREADABLE', {
      message: `these ${bytes.length} bytes are no image that can be read`,
      hint: 'give the contents of a PNG file',
      cause,
    });
  });
  const { width, height, channels } = info;
  const plane = width * height;
  const out = new Float32Array(channels * plane);
  for (let i = 0; i < plane; i++) {
    for (let k = 0; k < channels; k++)
      out[k * plane + i] = levels[data[i * channels + k] as number] as number;
  }
  return value('float32', [channels, height, width], out);
}
