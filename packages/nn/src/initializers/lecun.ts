import type { Initializer } from './initializer.js';

/** N(0, 1 / fan in). LeCun et al. 1998; for SELU layers (Klambauer et al. 2017). */
export const lecunNormal = (): Initializer => (rng, shape, fan) =>
  rng.draw(shape, { kind: 'normal', std: 1 / Math.sqrt(fan.in) });

/** Uniform with the variance of {@link lecunNormal}: ±√(3 / fan in). */
export const lecunUniform = (): Initializer => (rng, shape, fan) => {
  const limit = Math.sqrt(3 / fan.in);
  return rng.draw(shape, { kind: 'uniform', low: -limit, high: limit });
};
