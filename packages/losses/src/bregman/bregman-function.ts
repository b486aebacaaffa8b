import type { Tensor } from '@ganymede/tensor';

/** A strictly convex function of each element, with the cost that its Bregman divergence is. */
export interface BregmanFunction {
  /** φ and its domain, as text. */
  readonly formula: string;
  /** φ(x) of each element. */
  value(x: Tensor): Tensor;
  /** φ′(x) of each element. */
  slope(x: Tensor): Tensor;
}
