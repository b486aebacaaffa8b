import type { Initializer } from './initializer.js';

/** N(`mean`, `std`²). DCGAN (Radford et al. 2015) uses `normal(0.02)` for every kernel. */
export const normal =
  (std = 0.02, mean = 0): Initializer =>
  (rng, shape) =>
    rng.draw(shape, { kind: 'normal', mean, std });

/** N(`mean`, `std`²) with draws beyond two standard deviations drawn again, as TensorFlow's `truncated_normal`. */
export const truncatedNormal =
  (std = 0.02, mean = 0): Initializer =>
  (rng, shape) =>
    rng.draw(shape, { kind: 'truncated-normal', mean, std });
