import type { Network } from '@ganymede/core';
import type { Initializer } from '../initializers/initializer.js';
import { relu } from './activations.js';
import { requireCount } from './argument.js';
import { compose } from './compose.js';
import { dense } from './dense.js';
import { sizeAt } from './dimension.js';

/** Options of {@link highway}. */
export interface HighwayOptions {
  /** @defaultValue 1 */
  readonly layers?: number;
  /** Applied to the transformed path. @defaultValue relu() */
  readonly activation?: Network;
  /** First value of the gate's bias; negative lets the input through at first. @defaultValue -2 */
  readonly gateBias?: number;
  readonly kernelInit?: Initializer;
}

/**
 * t ∘ activation(x·W + b) + (1 − t) ∘ x with t = sigmoid(x·W_t + b_t), `layers` times. Srivastava, Greff and Schmidhuber 2015,
 * eq. 3. `[N, width]` to `[N, width]`. Variables `transform1/kernel`, `transform1/bias`, `gate1/kernel`, `gate1/bias`, …
 */
export function highway({
  layers = 1,
  activation = relu(),
  gateBias = -2,
  kernelInit,
}: HighwayOptions = {}): Network {
  requireCount('highway', 'layers', layers);
  const init = kernelInit === undefined ? {} : { kernelInit };
  // The layer keeps its input's width, which is known only when it is applied or initialised.
  const build = (width: number): Network => {
    const parts: Record<string, Network> = {};
    for (let k = 1; k <= layers; k++) {
      parts[`transform${k}`] = dense(width, init);
      parts[`activation${k}`] = activation;
      parts[`gate${k}`] = dense(width, { ...init, biasInit: gateBias });
    }
    return compose(parts, (part, input) => {
      let x = input;
      for (let k = 1; k <= layers; k++) {
        const candidate = part[`activation${k}`]!(part[`transform${k}`]!(x));
        const gate = part[`gate${k}`]!(x).sigmoid();
        x = candidate.sub(x).mul(gate).add(x);
      }
      return x;
    });
  };
  return {
    name: 'highway',
    buffers: activation.buffers.flatMap((path) =>
      Array.from({ length: layers }, (_, k) => `activation${k + 1}/${path}`),
    ),
    init: (rng, shape, conditions) => build(sizeAt('highway', shape, -1)).init(rng, shape, conditions),
    apply: (variables, x, ctx) => build(sizeAt('highway', x.shape, -1)).apply(variables, x, ctx),
  };
}
