import type { Optimizer, StepContext, Tree } from '@ganymede/core';
import { mapTree, zipTrees } from '@ganymede/core';
import { filled, type Tensor, type Value } from '@ganymede/tensor';
import { tensorAt, treeAt } from '../variables.js';

export interface MomentOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

const zerosLike = (params: Tree<Value>): Tree<Value> => mapTree(params, (p) => filled(p.shape, 0));

/**
 * Adam's direction m̂ / (√v̂ + ε) (Kingma and Ba 2015, algorithm 1), times `factor`.
 *
 * Slots hold discounted sums instead of averages, M' = β₁·M + g and V' = β₂·V + g², and the same sums of ones, `mWeight` and
 * `vWeight`, so that m̂ = M / mWeight and v̂ = V / vWeight are the paper's bias-corrected moments. It saves two products per
 * tensor, needs no power of β, and is exact from the first step on, where 1 − β₂ in float32 is already wrong in the fifth
 * digit. All scalar factors are gathered into two scalars:
 * m̂ / (√v̂ + ε) = M · (√vWeight / mWeight) / (√V + ε·√vWeight). With β₁ = 0 there is no M.
 */
export function adamDirection(
  { beta1, beta2, epsilon }: MomentOptions,
  factor?: (ctx: StepContext) => Tensor,
): Optimizer {
  return {
    init(params) {
      const second = { v: zerosLike(params), vWeight: filled([], 0) };
      return beta1 === 0 ? second : { m: zerosLike(params), mWeight: filled([], 0), ...second };
    },
    update(gradients, slots, _params, ctx) {
      const vWeight = tensorAt(slots, 'vWeight').mul(beta2).add(1);
      const root = vWeight.sqrt();
      const floor = root.mul(epsilon);
      const v = zipTrees<[Tensor, Tensor], Tensor>([treeAt(slots, 'v'), gradients], ([sum, g]) =>
        sum.mul(beta2).add(g.mul(g)),
      );
      const mWeight = beta1 === 0 ? undefined : tensorAt(slots, 'mWeight').mul(beta1).add(1);
      const m =
        beta1 === 0
          ? gradients
          : zipTrees<[Tensor, Tensor], Tensor>([treeAt(slots, 'm'), gradients], ([sum, g]) =>
              sum.mul(beta1).add(g),
            );
      const unscaled = mWeight === undefined ? root : root.div(mWeight);
      const scale = factor === undefined ? unscaled : unscaled.mul(factor(ctx));
      const updates = zipTrees<[Tensor, Tensor], Tensor>([m, v], ([first, second]) =>
        first.mul(scale).div(second.sqrt().add(floor)),
      );
      return { updates, slots: mWeight === undefined ? { v, vWeight } : { m, mWeight, v, vWeight } };
    },
  };
}
