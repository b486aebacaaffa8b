import type { Tensor } from '../tensor.js';
import { inferAll } from './families/elementwise.js';
import { minimum } from './minimum.js';

/**
 * The smallest of several tensors, element by element; the first of equals gets the gradient. Composite: a chain of `minimum`.
 *
 * At least one, all of one dtype, any but bool (`GANYMEDE_DTYPE`); they broadcast (`GANYMEDE_SHAPE`).
 */
export function minimumOf(tensors: readonly Tensor[]): Tensor {
  inferAll('minimumOf', tensors, 'numeric');
  return tensors.reduce((a, b) => minimum(a, b));
}
