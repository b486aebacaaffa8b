import type { Tensor } from '@ganymede/tensor';

/** One element of the filter that reaches an output pixel, and the input pixel it reads there (undefined: outside). */
export interface Tap {
  readonly element: number;
  readonly pixel: number | undefined;
}

/** A transposed convolution with all sizes known; `image` is `[N, ...small, K]`, `filter` `[K, C, elements]`. */
export interface TransposedProblem {
  readonly image: Tensor;
  readonly filter: Tensor;
  readonly bias: Tensor | undefined;
  readonly batch: number;
  readonly channels: number;
  /** The taps of each output pixel. */
  readonly taps: readonly (readonly Tap[])[];
}
