import type { Optimizer } from '@ganymede/core';
import { mapTree } from '@ganymede/core';
import { div, maximum } from '@ganymede/tensor';
import { statelessTransform } from './stateless-transform.js';

/** Scales each parameter's gradient on its own so that its Euclidean norm is at most `max`. Pascanu et al. 2013. */
export const clipByNorm = (max: number): Optimizer =>
  statelessTransform((gradients) =>
    mapTree(gradients, (g) => g.mul(div(max, maximum(g.square().sum().sqrt(), max)))),
  );
