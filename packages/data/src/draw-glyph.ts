import { type Path, strokePath } from './glyph-curve.js';
import { type InkedPath, rasterize } from './glyph-raster.js';
import { type Skeleton, skeletons } from './glyph-skeletons.js';

/** How many draws one glyph takes: uniforms on [0, 1) for its hand, standard normals for its tremor. */
export const uniformsPerGlyph = 12;
export const normalsPerGlyph = 128;

const warpGrid = 4;

/** Random numbers handed out in order. */
const reader = (numbers: ArrayLike<number>) => {
  let next = 0;
  return (): number => numbers[next++] as number;
};

/** Cubic B-spline weights of the four control values around `t` in [0, 1). */
const weights = (t: number): readonly [number, number, number, number] => {
  const s = 1 - t;
  return [
    (s * s * s) / 6,
    (3 * t * t * t - 6 * t * t + 4) / 6,
    (3 * s * s * s - 6 * s * s + 4) / 6,
    (t * t * t) / 6,
  ];
};

/**
 * Elastic warp: a smooth random displacement field (Simard, Steinkraus, Platt 2003 smooth noise with a Gaussian; here noise on
 * a coarse grid is interpolated by cubic B-splines, which needs no filter). Returns the displacement at (x, y) in [0, 1]².
 */
function elasticField(normal: () => number): (x: number, y: number) => readonly [number, number] {
  const side = warpGrid + 3;
  const noise = Float64Array.from({ length: 2 * side * side }, normal);
  return (x, y) => {
    const u = Math.min(warpGrid - 1e-9, Math.max(0, x * warpGrid));
    const v = Math.min(warpGrid - 1e-9, Math.max(0, y * warpGrid));
    const [column, row] = [Math.floor(u), Math.floor(v)];
    const [wx, wy] = [weights(u - column), weights(v - row)];
    let [dx, dy] = [0, 0];
    for (let i = 0; i < 4; i++) {
      for (let k = 0; k < 4; k++) {
        const w = (wy[i] as number) * (wx[k] as number);
        const cell = 2 * ((row + i) * side + column + k);
        dx += w * (noise[cell] as number);
        dy += w * (noise[cell + 1] as number);
      }
    }
    return [dx, dy];
  };
}

/** Rotation, slant and proportions, as a map from the skeleton's box to centred pixels. */
function affine(uniform: () => number, size: number): (x: number, y: number) => readonly [number, number] {
  // The tangent of half the angle instead of the angle: no sine or cosine, which engines compute differently.
  const tangent = (uniform() + uniform() - 1) * 0.12;
  const slant = -0.12 + 0.5 * uniform();
  const height = size * (0.62 + 0.12 * uniform());
  const width = height * (0.68 + 0.36 * uniform());
  const scale = 1 / (1 + tangent * tangent);
  const [cos, sin] = [(1 - tangent * tangent) * scale, 2 * tangent * scale];
  return (x, y) => {
    const v = (y - 0.5) * height;
    const u = (x - 0.5) * width - slant * v;
    return [cos * u - sin * v, sin * u + cos * v];
  };
}

/** Pen radius along a stroke: pressed hardest (or least, where `swing` is negative) at the fraction `peak` of its way. */
function pressure(path: Path, radius: number, swing: number, peak: number): readonly number[] {
  const count = path.length / 2;
  return Array.from({ length: count }, (_, i) => radius * (1 + swing * (1 - 2 * Math.abs(i / count - peak))));
}

/** Moves paths so that their bounding box is centred in the image, then off by (dx, dy). */
function center(paths: readonly Path[], size: number, dx: number, dy: number): readonly Path[] {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) {
      left = Math.min(left, path[i] as number);
      right = Math.max(right, path[i] as number);
      top = Math.min(top, path[i + 1] as number);
      bottom = Math.max(bottom, path[i + 1] as number);
    }
  }
  const x = (size - 1) / 2 - (left + right) / 2 + dx;
  const y = (size - 1) / 2 - (top + bottom) / 2 + dy;
  return paths.map((path) => path.map((p, i) => p + (i % 2 === 0 ? x : y)));
}

/**
 * Draws one handwritten digit: a skeleton of its class with its points displaced, warped, made a curve, placed by a random
 * affine map and inked with a pen of random width. A pure function of its numbers.
 *
 * @param digit class, 0 to 9
 * @param uniforms {@link uniformsPerGlyph} numbers on [0, 1)
 * @param normals {@link normalsPerGlyph} standard normal numbers
 * @param size side of the image in pixels
 * @returns `size * size` grey levels, 0 background, 255 full ink
 */
export function drawGlyph(
  digit: number,
  uniforms: ArrayLike<number>,
  normals: ArrayLike<number>,
  size: number,
): Uint8Array<ArrayBuffer> {
  const uniform = reader(uniforms);
  const normal = reader(normals);
  const variants = skeletons[digit] as readonly Skeleton[];
  const skeleton = variants[Math.floor(uniform() * variants.length)] as Skeleton;
  const place = affine(uniform, size);
  const pixel = size / 28;
  const radius = pixel * (0.75 + 0.95 * uniform());
  const swing = 0.25 * (2 * uniform() - 1);
  const peak = uniform();
  const [dx, dy] = [(2 * uniform() - 1) * 1.3 * pixel, (2 * uniform() - 1) * 1.3 * pixel];
  const elastic = elasticField(normal);

  const paths = skeleton.map((stroke) =>
    strokePath(stroke, (x, y) => {
      const [ex, ey] = elastic(x, y);
      return place(x + 0.11 * ex + 0.018 * normal(), y + 0.09 * ey + 0.018 * normal());
    }),
  );
  const inked: InkedPath[] = center(paths, size, dx, dy).map((path) => ({
    path,
    radii: pressure(path, radius, swing, peak),
  }));
  return rasterize(inked, size, 0.9 * pixel);
}
