import { describe, expect, it } from 'vitest';
import { decodePng, encodePng } from './png.js';

describe('png', () => {
  it.each([1, 3, 4] as const)('round-trips %i channels', async (channels) => {
    const pixels = Uint8Array.from({ length: 6 * channels }, (_, i) => 10 * i + 1);
    const { shape, data } = await decodePng(await encodePng(pixels, 3, 2, channels));
    expect(shape).toEqual([channels, 2, 3]);
    const back = Array.from(
      { length: 6 * channels },
      (_, i) => data[(i % channels) * 6 + Math.floor(i / channels)]!,
    );
    expect(back.map((x) => Math.round((x + 1) * 127.5))).toEqual([...pixels]);
  });

  it('refuses what is no image', async () => {
    await expect(decodePng(Buffer.from('nothing'))).rejects.toThrow(
      expect.objectContaining({ code: 'GANYMEDE_DATA_UNREADABLE' }),
    );
  });
});
