import type { Path } from './glyph-curve.js';

/** A pen path in pixels, with the pen's radius at each of its points. */
export interface InkedPath {
  readonly path: Path;
  readonly radii: readonly number[];
}

/** Distance from (px, py) to the pen's edge along one segment of linearly varying radius; negative inside. */
function edgeDistance(
  px: number,
  py: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  ra: number,
  rb: number,
) {
  const dx = bx - ax;
  const dy = by - ay;
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / squared));
  const x = px - ax - t * dx;
  const y = py - ay - t * dy;
  return Math.sqrt(x * x + y * y) - (ra + t * (rb - ra));
}

/**
 * Draws ink into a square grey image, 0 background and 255 full ink, from the distance to the nearest stroke: full ink where
 * the pen's edge is `softness` pixels away or more inside, none as far outside, a smooth ramp between.
 */
export function rasterize(
  inked: readonly InkedPath[],
  size: number,
  softness: number,
): Uint8Array<ArrayBuffer> {
  const nearest = new Float64Array(size * size).fill(softness);
  for (const { path, radii } of inked) {
    for (let i = 0; i + 3 < path.length; i += 2) {
      const [ax, ay, bx, by] = [path[i], path[i + 1], path[i + 2], path[i + 3]] as [
        number,
        number,
        number,
        number,
      ];
      const [ra, rb] = [radii[i / 2], radii[i / 2 + 1]] as [number, number];
      // Only pixels that this segment can touch: a glyph has about 50 segments, so this is most of the speed.
      const reach = Math.max(ra, rb) + softness;
      const left = Math.max(0, Math.ceil(Math.min(ax, bx) - reach));
      const right = Math.min(size - 1, Math.floor(Math.max(ax, bx) + reach));
      const top = Math.max(0, Math.ceil(Math.min(ay, by) - reach));
      const bottom = Math.min(size - 1, Math.floor(Math.max(ay, by) + reach));
      for (let y = top; y <= bottom; y++) {
        for (let x = left; x <= right; x++) {
          const distance = edgeDistance(x, y, ax, ay, bx, by, ra, rb);
          if (distance < (nearest[y * size + x] as number)) nearest[y * size + x] = distance;
        }
      }
    }
  }
  const pixels = new Uint8Array(size * size);
  for (let i = 0; i < pixels.length; i++) {
    const depth = Math.min(1, Math.max(0, 0.5 - (nearest[i] as number) / (2 * softness)));
    pixels[i] = Math.round(255 * depth * depth * (3 - 2 * depth));
  }
  return pixels;
}
