import type { Tensor } from '../tensor.js';
import { inferAll } from './families/elementwise.js';
import { maximum } from './maximum.js';

/**
 * The largest of several tensors, element by element; the first of equals gets the gradient. Composite: a chain of `maximum`.
 *
 * At least one, all of one dtype, any but bool (`GANYMEDE_DTYPE`); they broadcast (`GANYMEDE_SHAPE`).
 */
export function maximumOf(tensors: readonly Tensor[]): Tensor {
  inferAll('maximumOf', tensors, 'numeric');
  return tensors.reduce((a, b) => maximum(a, b));
}
