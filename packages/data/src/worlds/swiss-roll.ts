import { normals, pointsAt, uniforms } from './draws.js';
import type { World } from './world.js';

/**
 * The spiral of scikit-learn's `make_swiss_roll` seen along its axis, as in the toy code of WGAN-GP (Gulrajani et al. 2017):
 * t = 1.5 π (1 + 2 U), (t cos t, t sin t) with noise 0.25, divided by 7.5. No modes, no classes.
 */
export const swissRoll = (): World => {
  const sigma = 0.25 / 7.5;
  return {
    centres: [],
    sigma,
    extent: (4.5 * Math.PI) / 7.5,
    classes: 0,
    draw(count, rng, call = 0) {
      const turns = uniforms(count, rng, call);
      const at = (i: number) => {
        const t = 1.5 * Math.PI * (1 + 2 * (turns[i] as number));
        return [(t * Math.cos(t)) / 7.5, (t * Math.sin(t)) / 7.5] as const;
      };
      return pointsAt(count, at, { sigma, of: normals(count, rng, call) });
    },
  };
};
