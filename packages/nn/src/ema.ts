import type { StepContext, Tree } from '@ganymede/core';
import { mapTree, zipTrees } from '@ganymede/core';
import type { Tensor, Value } from '@ganymede/tensor';

/** An average over the iterates of parameters. Pure: the average is state like any other. */
export interface Average {
  /** The average before the first update: a copy of `params`. */
  init(params: Tree<Value>): Tree<Value>;
  /** The next average, after the parameters became `params`. Numbers that change over time are declared below `ctx`. */
  update(average: Tree<Tensor>, params: Tree<Tensor>, ctx: StepContext): Tree<Tensor>;
}

/** Options of {@link ema}. */
export interface EmaOptions {
  /**
   * The average forgets faster at first: its decay at update t (from 0) is at most (1 + t) / (`warmup` + t). 10 is TensorFlow's
   * `num_updates`. Above 1. @defaultValue none: the decay is the same from the first update on
   */
  readonly warmup?: number;
}

/**
 * Exponential moving average of parameters: decay · average + (1 − decay) · params. Sampling from the averaged generator
 * (0.999 in progressive growing, 0.9999 in BigGAN) is better and steadier than from the last one (Yazıcı et al. 2019).
 */
export function ema(decay: number, { warmup }: EmaOptions = {}): Average {
  const share = (call: number): number =>
    1 - (warmup === undefined ? decay : Math.min(decay, (1 + call) / (warmup + call)));
  return {
    init: (params) => mapTree(params, (p): Value => ({ ...p, data: p.data.slice() as Value['data'] })),
    update(average, params, ctx) {
      type Pair = [Tensor, Tensor];
      if (warmup === undefined)
        return zipTrees<Pair, Tensor>([average, params], ([a, p]) => a.mul(decay).add(p.mul(1 - decay)));
      // What is fed is 1 − decay, of which float32 keeps seven digits, not the decay, of which 1 − 0.9999 would keep three.
      const by = ctx.scalar('share', share);
      return zipTrees<Pair, Tensor>([average, params], ([a, p]) => a.add(p.sub(a).mul(by)));
    },
  };
}
