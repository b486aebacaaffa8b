import type { Value } from '@ganymede/tensor';

/** How the elements of a random tensor are drawn. `uniform` is on [low, high); `integers` are on [low, high). */
export type Distribution =
  | { readonly kind: 'normal'; readonly mean?: number; readonly std?: number }
  | { readonly kind: 'truncated-normal'; readonly mean?: number; readonly std?: number }
  | { readonly kind: 'uniform'; readonly low?: number; readonly high?: number }
  | { readonly kind: 'gumbel' }
  | { readonly kind: 'integers'; readonly low?: number; readonly high: number };

/**
 * A counter-based random generator (Philox 4x32-10; Salmon et al. 2011): every number is a function of (seed, stream name,
 * call, element), so nothing is hidden, draws do not depend on the order of other draws, and a resumed run continues exactly.
 */
export interface Rng {
  readonly seed: number;
  /** `/`-joined stream name; `''` at the root. */
  readonly stream: string;
  /** The generator of the sub-stream `stream/name`. */
  child(name: string): Rng;
  /** A tensor of draws, float32 (`integers`: int32). `call` (default 0) numbers independent draws of one stream. */
  draw(shape: readonly number[], distribution: Distribution, call?: number): Value;
  /** A permutation of 0 … length-1. */
  permutation(length: number, call?: number): Uint32Array;
}
