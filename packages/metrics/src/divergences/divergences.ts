/** How far two distributions P and Q are apart, by the usual measures. Natural logarithms. */
export interface Divergences {
  /** KL(P‖Q) = ∫ p log(p/q), in [0, ∞]. */
  readonly kl: number;
  /** KL(Q‖P). */
  readonly reverseKl: number;
  /** Jensen-Shannon: ½ KL(P‖M) + ½ KL(Q‖M), M their mean; in [0, log 2]. */
  readonly js: number;
  /** Total variation: ½ ∫ |p − q|, in [0, 1]. */
  readonly tv: number;
  /** Wasserstein-1: the least mean distance that mass must be moved. */
  readonly w1: number;
}
