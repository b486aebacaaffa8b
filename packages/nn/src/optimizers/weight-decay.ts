import type { Optimizer } from '@ganymede/core';
import { zipTrees } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { statelessTransform } from './stateless-transform.js';

/** Options of {@link weightDecay}. */
export interface WeightDecayOptions {
  /** Which parameters decay, by path. @defaultValue all */
  readonly mask?: (path: string) => boolean;
}

/**
 * Adds `rate` · parameter to each gradient. Before an adaptive transform it is an L2 penalty ½·rate·‖p‖², between it and
 * {@link scaleByRate} it is decoupled decay (AdamW). It does nothing sensible after the rate: the sign is then wrong.
 *
 * ```ts
 * import { adam, chain, weightDecay } from '@ganymede/nn';
 *
 * chain(weightDecay(1e-4, { mask: (path) => path.endsWith('/kernel') }), adam({ rate: 2e-4 }));
 * ```
 */
export const weightDecay = (rate: number, { mask = () => true }: WeightDecayOptions = {}): Optimizer =>
  statelessTransform((gradients, params) =>
    zipTrees<[Tensor, Tensor], Tensor>([gradients, params], ([g, p], path) =>
      mask(path) ? g.add(p.mul(rate)) : g,
    ),
  );
