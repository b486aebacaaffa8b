import { describe, expect, it } from 'vitest';
import { rasterize } from './glyph-raster.js';

describe('rasterize', () => {
  it('inks a horizontal line by its distance: full within, half at the edge, none outside', () => {
    const pixels = rasterize([{ path: [2, 5, 8, 5], radii: [2, 2] }], 11, 1);
    const column = Array.from({ length: 11 }, (_, y) => pixels[y * 11 + 5]);
    expect(column).toEqual([0, 0, 0, 128, 255, 255, 255, 128, 0, 0, 0]);
  });

  it('has round ends and a radius that varies along the line', () => {
    const pixels = rasterize([{ path: [2, 6, 10, 6], radii: [1, 3] }], 14, 0.5);
    const height = (x: number) =>
      Array.from({ length: 14 }, (_, y) => pixels[y * 14 + x]!).filter((p) => p > 127).length;
    expect(height(2)).toBe(3);
    expect(height(10)).toBe(7);
    expect(height(12)).toBe(5); // sqrt(9 - 4) = 2.2 above and below
    expect(height(0)).toBe(0);
  });

  it('draws a path outside the image as nothing', () => {
    expect(rasterize([{ path: [-20, -20, -10, -20], radii: [1, 1] }], 4, 1)).toEqual(new Uint8Array(16));
  });
});
