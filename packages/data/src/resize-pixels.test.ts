import { describe, expect, it } from 'vitest';
import { pixelPadder, pixelResizer } from './resize-pixels.js';

describe('pixelResizer', () => {
  it('averages when halving: the triangle filter 1 3 3 1 of each line, edges renormalised', () => {
    const line = [0, 80, 160, 240];
    const out = pixelResizer(4, 4, 2)(Uint8Array.from([...line, ...line, ...line, ...line]));
    const left = (0 * 3 + 80 * 3 + 160 * 1) / 7;
    const right = (80 * 1 + 160 * 3 + 240 * 3) / 7;
    expect([...out]).toEqual([left, right, left, right].map(Math.round));
  });

  it('interpolates linearly when doubling', () => {
    const out = pixelResizer(2, 2, 4)(Uint8Array.from([0, 100, 0, 100]));
    expect([...out.slice(4, 8)]).toEqual([0, 25, 75, 100]);
  });

  it('keeps a flat image flat at any size, and an image of the same size as it is', () => {
    for (const size of [1, 3, 5, 8, 13]) {
      expect(new Set(pixelResizer(7, 5, size)(new Uint8Array(35).fill(77)))).toEqual(new Set([77]));
    }
    const image = Uint8Array.from({ length: 25 }, (_, i) => 9 * i);
    expect(pixelResizer(5, 5, 5)(image)).toEqual(image);
  });
});

describe('pixelPadder', () => {
  it('puts the image in the middle', () => {
    expect([...pixelPadder(1, 2, 4)(Uint8Array.from([8, 9]))]).toEqual([
      0, 0, 0, 0, 0, 8, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
  });
});
