import type { Tensor } from '@ganymede/tensor';

/**
 * An f-divergence D_f(P|Q) = ∫ q f(p/q) in the form that a discriminator estimates: max over V of E_P g(V) − E_Q f*(g(V)), where
 * g maps any number into the domain of the conjugate f*. Here g always increases, so that a larger logit means "more real".
 */
export interface Divergence {
  /** f, a convex function of the density ratio u > 0 with f(1) = 0, as text. */
  readonly generator: string;
  /** T = g(v): the output activation on a raw logit. */
  activation(v: Tensor): Tensor;
  /** f*(g(v)), written out so that it is exact where g rounds. */
  conjugate(v: Tensor): Tensor;
  /** The logit at which the bound is tight, g⁻¹(f′(u)), for a density ratio u. */
  bestLogit(ratio: number): number;
  /** Smallest and largest value that D_f can have. */
  readonly range: readonly [low: number, high: number];
}
