import type { Initializer } from './initializer.js';

/** N(0, gain² · 2 / (fan in + fan out)). Glorot and Bengio 2010, eq. 12. For linear and tanh layers. */
export const glorotNormal =
  (gain = 1): Initializer =>
  (rng, shape, fan) =>
    rng.draw(shape, { kind: 'normal', std: gain * Math.sqrt(2 / (fan.in + fan.out)) });

/** Uniform on ±gain · √(6 / (fan in + fan out)). Glorot and Bengio 2010, eq. 16. The default of dense and conv layers. */
export const glorotUniform =
  (gain = 1): Initializer =>
  (rng, shape, fan) => {
    const limit = gain * Math.sqrt(6 / (fan.in + fan.out));
    return rng.draw(shape, { kind: 'uniform', low: -limit, high: limit });
  };
