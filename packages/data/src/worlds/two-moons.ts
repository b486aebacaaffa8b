import { normals, pointsAt, uniforms } from './draws.js';
import type { World } from './world.js';

/**
 * Two half circles of radius 1 that reach into one another, as scikit-learn's `make_moons` has them: (cos t, sin t) and
 * (1 - cos t, 1/2 - sin t), t uniform on [0, π), noise 0.05. The class is the moon; there are no modes.
 */
export const twoMoons = (): World => ({
  centres: [],
  sigma: 0.05,
  extent: 2,
  classes: 2,
  draw(count, rng, call = 0) {
    const turns = uniforms(count, rng, call);
    const at = (i: number) => {
      const t = Math.PI * (turns[i] as number);
      return i % 2 === 0
        ? ([Math.cos(t), Math.sin(t)] as const)
        : ([1 - Math.cos(t), 0.5 - Math.sin(t)] as const);
    };
    return pointsAt(count, at, { sigma: 0.05, of: normals(count, rng, call) });
  },
});
