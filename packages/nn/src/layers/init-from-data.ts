import type { Conditions, Network, StepContext } from '@ganymede/core';
import { createStepContext, flattenTree, mapTree, unflattenTree, withConditions } from '@ganymede/core';
import { evaluate, input, type Tensor, type Value, valueOf } from '@ganymede/tensor';

/** Options of {@link initFromData}. */
export interface InitFromDataOptions {
  /** A batch of what the network will be trained on, `[N, …]`; a few hundred samples do. Wanted when variables are made, not before. */
  readonly samples: Value | (() => Value);
  /** What the network is told besides, by name. @defaultValue none */
  readonly conditions?: Readonly<Record<string, Value>>;
}

/**
 * The network with first values from data (Salimans and Kingma 2016, section 3): the layers that can, `weightNorm` around dense layers
 * and convolutions and `minibatchDiscrimination`, are scaled and shifted, one after the other, for the outputs that `samples` have
 * there. Use it where inputs are not of mean 0 and variance 1, as faint pixels are not, or where noise is added between layers. The
 * network computes as in training, with noise from the stream of its variables; of a layer applied more than once the first
 * application counts. The reference interpreter computes it, in seconds for a million weights of dense layers.
 */
export function initFromData(network: Network, { samples, conditions = {} }: InitFromDataOptions): Network {
  return {
    ...network,
    init(rng, shape, types) {
      const variables = network.init(rng, shape, types);
      const x = typeof samples === 'function' ? samples() : samples;
      const declared = createStepContext({ training: true });
      const feeds: Record<string, Value> = { samples: x };
      const fed = (name: string, value: Value): Tensor => {
        feeds[name] = value;
        return input(name, value.shape, value.dtype);
      };
      const told: Conditions = Object.fromEntries(
        Object.entries(conditions).map(([name, value]) => [name, fed(`condition/${name}`, value)]),
      );
      const symbols = mapTree(variables, (value: Value, path) => fed(`variable/${path}`, value));
      const found = new Map<string, Tensor>();
      const ctx = withConditions(fitting(declared.ctx, found), told);
      network.apply(symbols, input('samples', x.shape, x.dtype), ctx);
      for (const { name, shape: sizes, distribution } of declared.noise)
        feeds[name] = rng.child(name).draw(sizes as readonly number[], distribution, 0);
      for (const { name, value } of declared.scalars)
        feeds[name] = valueOf(typeof value === 'function' ? value(0) : value);
      return unflattenTree({ ...flattenTree(variables), ...evaluate(Object.fromEntries(found), feeds) });
    },
  };
}

/** The context in which layers hand on first values: the first of each path is kept. */
function fitting(ctx: StepContext, found: Map<string, Tensor>): StepContext {
  return {
    training: ctx.training,
    path: ctx.path,
    conditions: ctx.conditions,
    child: (name) => fitting(ctx.child(name), found),
    noise: (name, shape, distribution) => ctx.noise(name, shape, distribution),
    scalar: (name, value) => ctx.scalar(name, value),
    updateBuffer: () => {},
    fitVariable(name, first) {
      const path = ctx.path === '' ? name : `${ctx.path}/${name}`;
      if (!found.has(path)) found.set(path, first);
    },
  };
}
