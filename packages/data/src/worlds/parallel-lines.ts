import { pointsAt, uniforms } from './draws.js';
import type { World } from './world.js';

/**
 * Two lines of height 1 at distance `theta`: (0, Z) and (theta, Z), Z uniform on [0, 1) (Arjovsky et al. 2017, example 1). Points
 * 2k and 2k + 1 have one Z; the class is the line. The distance between the two lines is what `parallelLines(theta)` of
 * `@ganymede/metrics` says.
 */
export const parallelLines = (theta: number): World => ({
  centres: [],
  sigma: 0,
  extent: Math.max(1, Math.abs(theta)),
  classes: 2,
  draw(count, rng, call = 0) {
    const heights = uniforms(Math.ceil(count / 2), rng, call);
    return pointsAt(count, (i) => [i % 2 === 0 ? 0 : theta, heights[i >> 1] as number]);
  },
});
