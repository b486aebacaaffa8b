import type { Network } from '@ganymede/core';
import { compose } from './compose.js';

/**
 * Networks one after the other. Children are numbered per kind, so variables read `dense1/kernel`, `norm1/scale`,
 * `convTranspose2/kernel`; inserting an activation renames nothing else.
 *
 * ```ts
 * import { createRng, treePaths } from '@ganymede/core';
 * import { dense, relu, sequential } from '@ganymede/nn';
 *
 * const network = sequential(dense(128), relu(), dense(1, { bias: false }));
 * treePaths(network.init(createRng(1), [64, 10])); // => ['dense1/kernel', 'dense1/bias', 'dense2/kernel']
 * ```
 */
export function sequential(...layers: readonly Network[]): Network {
  const counts = new Map<string, number>();
  const named = layers.map((layer) => {
    const count = (counts.get(layer.name) ?? 0) + 1;
    counts.set(layer.name, count);
    return [`${layer.name}${count}`, layer] as const;
  });
  return compose(Object.fromEntries(named), (parts, x) => named.reduce((h, [name]) => parts[name]!(h), x));
}
