import type { Initializer } from './initializer.js';

/** Factor by which (leaky) ReLU shrinks the standard deviation, inverted: √(2 / (1 + slope²)). */
const gainOf = (slope: number): number => Math.sqrt(2 / (1 + slope * slope));

/** N(0, 2 / ((1 + slope²) · fan in)). He et al. 2015, eq. 10 and 15. For ReLU (slope 0) and leaky ReLU layers. */
export const heNormal =
  ({ slope = 0 }: { readonly slope?: number } = {}): Initializer =>
  (rng, shape, fan) =>
    rng.draw(shape, { kind: 'normal', std: gainOf(slope) / Math.sqrt(fan.in) });

/** Uniform with the variance of {@link heNormal}: ±√(6 / ((1 + slope²) · fan in)). */
export const heUniform =
  ({ slope = 0 }: { readonly slope?: number } = {}): Initializer =>
  (rng, shape, fan) => {
    const limit = gainOf(slope) * Math.sqrt(3 / fan.in);
    return rng.draw(shape, { kind: 'uniform', low: -limit, high: limit });
  };
