import type { Network, Tree } from '@ganymede/core';
import { filled, type Value } from '@ganymede/tensor';
import { glorotUniform } from '../initializers/glorot.js';
import type { Initializer } from '../initializers/initializer.js';
import { tensorAt } from '../variables.js';
import { requireCount } from './argument.js';
import { affine } from './affine.js';
import { sizeAt } from './dimension.js';

/** Options of {@link dense}. */
export interface DenseOptions {
  /** @defaultValue true */
  readonly bias?: boolean;
  /** @defaultValue glorotUniform() */
  readonly kernelInit?: Initializer;
  /** Every element of the bias at first, or how it is drawn. @defaultValue 0 */
  readonly biasInit?: number | Initializer;
}

/** x · kernel + bias over the last dimension: `[N, …, in]` to `[N, …, units]`. `kernel` [in, units], `bias` [units]. */
export function dense(
  units: number,
  { bias = true, kernelInit = glorotUniform(), biasInit = 0 }: DenseOptions = {},
): Network {
  requireCount('dense', 'units', units);
  return {
    name: 'dense',
    buffers: [],
    init(rng, shape): Tree<Value> {
      const width = sizeAt('dense', shape, -1);
      const fan = { in: width, out: units };
      const kernel = kernelInit(rng.child('kernel'), [width, units], fan);
      if (!bias) return { kernel };
      const first =
        typeof biasInit === 'number' ? filled([units], biasInit) : biasInit(rng.child('bias'), [units], fan);
      return { kernel, bias: first };
    },
    apply(variables, x, ctx) {
      return affine(
        x,
        tensorAt(variables, 'kernel', ctx),
        bias ? tensorAt(variables, 'bias', ctx) : undefined,
      );
    },
  };
}
