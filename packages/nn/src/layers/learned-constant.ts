import type { Network } from '@ganymede/core';
import type { Initializer } from '../initializers/initializer.js';
import { normal } from '../initializers/normal.js';
import { tensorAt } from '../variables.js';
import { requireCount } from './argument.js';
import { requireChannels } from './dimension.js';

/** Options of {@link learnedConstant}. */
export interface LearnedConstantOptions {
  /** @defaultValue normal(1), as in StyleGAN2 */
  readonly valueInit?: Initializer;
}

/**
 * One learned sample of `shape` for each of the batch, whatever the input: what StyleGAN's synthesis network grows from (Karras et al.
 * 2019, section 2). `[N, …]` to `[N, ...shape]`. Variable `value` [...shape]. To be exported with a free batch, something else of the
 * program must depend on its input (the style does).
 *
 * @throws `GANYMEDE_OPTION`, `GANYMEDE_SHAPE`
 */
export function learnedConstant(
  shape: readonly number[],
  { valueInit = normal(1) }: LearnedConstantOptions = {},
): Network {
  for (const size of shape) requireCount('learnedConstant', 'shape', size);
  const count = shape.reduce((product, d) => product * d, 1);
  return {
    name: 'constant',
    buffers: [],
    init: (rng) => ({ value: valueInit(rng.child('value'), shape, { in: 1, out: count }) }),
    apply(variables, x, ctx) {
      requireChannels('learnedConstant', x.shape, 1);
      return tensorAt(variables, 'value', ctx)
        .reshape([1, ...shape])
        .expand([x.shape[0] ?? 1, ...shape]);
    },
  };
}
