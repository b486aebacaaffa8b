import { normals, pointsAt } from './draws.js';
import type { Point, World } from './world.js';

/** Equal, round normal distributions about `centres`, each as often as the others. */
export const gaussians = (centres: readonly Point[], sigma: number): World => ({
  centres,
  sigma,
  extent: Math.max(...centres.flat().map(Math.abs)),
  classes: centres.length,
  draw: (count, rng, call = 0) =>
    pointsAt(count, (i) => centres[i % centres.length] as Point, { sigma, of: normals(count, rng, call) }),
});
