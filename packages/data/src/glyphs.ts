import { createRng, defineDataset } from '@ganymede/core';
import { z } from 'zod';
import { drawGlyph, normalsPerGlyph, uniformsPerGlyph } from './draw-glyph.js';
import { formatCount } from './format-count.js';
import { pixelDataset } from './pixel-dataset.js';

/**
 * Generated handwritten digits: the embedded default, which needs no file and no download. Grey images `[1, size, size]` in
 * [-1, 1], background -1, with labels 0 to 9 in equal numbers (example `i` is the digit `i mod 10`).
 *
 * Each glyph is a stroke skeleton with random proportions, slant, rotation, shift, pen width and pressure and an elastic warp,
 * drawn with antialiasing. Example `i` is a function of (seed, i) alone, so a longer set begins with the shorter one. Glyphs
 * are drawn when first read and kept as bytes; the same bits in every JavaScript engine.
 */
export const glyphs = defineDataset({
  id: '@ganymede/data/glyphs',
  summary: 'generated handwritten digits, labelled; needs no download',
  options: z.object({
    count: z.number().int().positive().default(20_000).describe('how many glyphs'),
    seed: z.number().int().nonnegative().default(1).describe('another seed draws other glyphs'),
    size: z.number().int().min(8).max(256).default(28).describe('side of the square images in pixels'),
  }),
  create: ({ count, seed, size }) => {
    const rng = createRng(seed).child('glyphs');
    const [hand, tremor] = [rng.child('hand'), rng.child('tremor')];
    const drawn: (Uint8Array | undefined)[] = new Array(count);
    return pixelDataset({
      summary: `glyphs ${size}x${size}x1, ${formatCount(count)} generated, 10 classes`,
      length: count,
      shape: [1, size, size],
      labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
      classes: 10,
      pixels(index) {
        drawn[index] ??= drawGlyph(
          index % 10,
          hand.draw([uniformsPerGlyph], { kind: 'uniform' }, index).data as Float32Array,
          tremor.draw([normalsPerGlyph], { kind: 'normal' }, index).data as Float32Array,
          size,
        );
        return drawn[index];
      },
    });
  },
});
