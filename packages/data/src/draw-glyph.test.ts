import { describe, expect, it } from 'vitest';
import { drawGlyph, normalsPerGlyph, uniformsPerGlyph } from './draw-glyph.js';
import { skeletons } from './glyph-skeletons.js';

const half = new Float32Array(uniformsPerGlyph).fill(0.5);
const still = new Float32Array(normalsPerGlyph);

describe('drawGlyph', () => {
  it('uses no more random numbers than it declares', () => {
    for (const [digit, variants] of skeletons.entries()) {
      variants.forEach((_, v) => {
        const uniforms = half.with(0, (v + 0.5) / variants.length);
        const extra = Float32Array.from({ length: normalsPerGlyph + 9 }, (_, i) =>
          i < normalsPerGlyph ? 0.3 : Number.NaN,
        );
        const wide = Float32Array.from([...uniforms, Number.NaN]);
        expect(drawGlyph(digit, wide, extra, 28)).toEqual(
          drawGlyph(digit, uniforms, extra.slice(0, normalsPerGlyph), 28),
        );
      });
    }
  });

  it('scales with the size: half the side, the same mean ink', () => {
    const mean = (pixels: Uint8Array) => pixels.reduce((sum, p) => sum + p, 0) / pixels.length;
    for (let digit = 0; digit < 10; digit++) {
      expect(mean(drawGlyph(digit, half, still, 56)) / mean(drawGlyph(digit, half, still, 28))).toBeCloseTo(
        1,
        1,
      );
    }
  });

  it('centres the glyph where the shift is zero', () => {
    for (let digit = 0; digit < 10; digit++) {
      const pixels = drawGlyph(digit, half, still, 28);
      const inked = [...pixels.keys()].filter((i) => pixels[i]! > 127);
      const columns = inked.map((i) => i % 28);
      const rows = inked.map((i) => Math.floor(i / 28));
      expect(Math.abs(Math.min(...columns) + Math.max(...columns) - 27)).toBeLessThanOrEqual(1);
      expect(Math.abs(Math.min(...rows) + Math.max(...rows) - 27)).toBeLessThanOrEqual(1);
    }
  });
});
