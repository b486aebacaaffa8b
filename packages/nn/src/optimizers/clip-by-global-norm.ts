import type { Optimizer } from '@ganymede/core';
import { flattenTree, mapTree } from '@ganymede/core';
import { add, constant, div, maximum, type Tensor } from '@ganymede/tensor';
import { statelessTransform } from './stateless-transform.js';

/** √(sum of squares over every leaf): a scalar. */
export const globalNorm = (tensors: readonly Tensor[]): Tensor => {
  const squares = tensors.map((g) => g.mul(g).sum());
  return squares.length === 0 ? constant(0) : squares.reduce((total, s) => add(total, s)).sqrt();
};

/**
 * Scales all gradients together so that their global norm is at most `max`; leaves them where it is already. Pascanu et al.
 * 2013, algorithm 1.
 */
export const clipByGlobalNorm = (max: number): Optimizer =>
  statelessTransform((gradients) => {
    const norm = globalNorm(Object.values(flattenTree(gradients)));
    // The norm is 0 or more and max above 0, so the quotient is at most 1 and never 0 / 0.
    const factor = div(max, maximum(norm, max));
    return mapTree(gradients, (g) => g.mul(factor));
  });
