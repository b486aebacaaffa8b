import type { Network, Tree } from '@ganymede/core';
import { filled, type Value } from '@ganymede/tensor';
import { glorotUniform } from '../initializers/glorot.js';
import { tensorAt } from '../variables.js';
import { affine } from './affine.js';
import { requireCount } from './argument.js';
import type { DenseOptions } from './dense.js';
import { requireChannels, sizeAt } from './dimension.js';

/** Options of {@link maxout}. */
export interface MaxoutOptions extends Omit<DenseOptions, 'biasInit'> {
  /** Linear pieces of each unit. @defaultValue 5, as the discriminator of Goodfellow et al. 2014 */
  readonly pieces?: number;
  /** Every element of the bias at first. @defaultValue 0 */
  readonly biasInit?: number;
}

/**
 * Maxout (Goodfellow et al. 2013, eq. 1): each unit is the largest of `pieces` linear functions of the input. `[N, …, in]` to
 * `[N, …, units]`. Variables `kernel` [in, units · pieces], the pieces of a unit beside each other, and `bias` [units · pieces].
 *
 * @throws `GANYMEDE_OPTION`, `GANYMEDE_SHAPE`
 */
export function maxout(
  units: number,
  { pieces = 5, bias = true, kernelInit = glorotUniform(), biasInit = 0 }: MaxoutOptions = {},
): Network {
  requireCount('maxout', 'units', units);
  requireCount('maxout', 'pieces', pieces);
  const outputs = units * pieces;
  return {
    name: 'maxout',
    buffers: [],
    init(rng, shape): Tree<Value> {
      requireChannels('maxout', shape);
      const width = sizeAt('maxout', shape, -1);
      const kernel = kernelInit(rng.child('kernel'), [width, outputs], { in: width, out: units });
      return bias ? { kernel, bias: filled([outputs], biasInit) } : { kernel };
    },
    apply(variables, x, ctx) {
      const kernel = tensorAt(variables, 'kernel', ctx);
      const y = affine(x, kernel, bias ? tensorAt(variables, 'bias', ctx) : undefined);
      return y.reshape([...y.shape.slice(0, -1), units, pieces]).max(-1);
    },
  };
}
