import { filled } from '@ganymede/tensor';
import type { Initializer } from './initializer.js';

/** Every element is `fill`. */
export const constant =
  (fill: number): Initializer =>
  (_rng, shape) =>
    filled(shape, fill);

/** Every element is 0. */
export const zeros = (): Initializer => constant(0);

/** Every element is 1. */
export const ones = (): Initializer => constant(1);
