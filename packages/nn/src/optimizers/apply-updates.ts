import type { Tree } from '@ganymede/core';
import { zipTrees } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';

/** The next parameters: each plus its update. Throws `GANYMEDE_TREE` where the trees differ. */
export const applyUpdates = (params: Tree<Tensor>, updates: Tree<Tensor>): Tree<Tensor> =>
  zipTrees<[Tensor, Tensor], Tensor>([params, updates], ([p, u]) => p.add(u));
