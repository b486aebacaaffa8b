import type { Rng } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';

/**
 * How many numbers meet in one output (`in`) and how many outputs one input reaches (`out`); what variance-preserving
 * initializers scale by. A strided transposed convolution divides `in` by the stride in both directions, because each of
 * its outputs sees only that share of the kernel.
 */
export interface Fan {
  readonly in: number;
  readonly out: number;
}

/** Makes the first value of a variable, float32. Deterministic in (`rng.seed`, `rng.stream`). */
export type Initializer = (rng: Rng, shape: readonly number[], fan: Fan) => Value;
