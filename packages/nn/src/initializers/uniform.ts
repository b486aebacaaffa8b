import type { Initializer } from './initializer.js';

/** Uniform on [`low`, `high`); one argument `a` means [-a, a). */
export const uniform =
  (...[first = 0.05, high]: [limit?: number] | [low: number, high: number]): Initializer =>
  (rng, shape) =>
    rng.draw(shape, { kind: 'uniform', low: high === undefined ? -first : first, high: high ?? first });
