import type { StepContext, Tree } from '@ganymede/core';
import { mapTree, zipTrees } from '@ganymede/core';
import type { Tensor, Value } from '@ganymede/tensor';

/** An average over the iterates of parameters. Pure: the average is state like any other. */
export interface Average {
  /** The average before the first update: a copy of `params`. */
  init(params: Tree<Value>): Tree<Value>;
  /** The next average, after the parameters became `params`. */
  update(average: Tree<Tensor>, params: Tree<Tensor>, ctx?: StepContext): Tree<Tensor>;
}

/**
 * Exponential moving average of parameters: decay · average + (1 − decay) · params. Sampling from the averaged generator
 * (0.999 in progressive growing, 0.9999 in BigGAN) is better and steadier than from the last one (Yazıcı et al. 2019).
 */
export function ema(decay: number): Average {
  return {
    init: (params) => mapTree(params, (p): Value => ({ ...p, data: p.data.slice() as Value['data'] })),
    update: (average, params) =>
      zipTrees<[Tensor, Tensor], Tensor>([average, params], ([a, p]) => a.mul(decay).add(p.mul(1 - decay))),
  };
}
