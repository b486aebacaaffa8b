import type { Dtype } from '../dtype.js';
import type { Tensor, TensorLike } from '../tensor.js';
import { cast } from './cast.js';
import { less } from './less.js';
import { requireFloating } from './families/elementwise.js';

/**
 * 1 with the given probability and else 0, drawn with uniform noise on [0, 1): dropout, binary pixels. Not differentiable.
 * Composite.
 *
 * `uniform` and the probabilities broadcast (`GANYMEDE_SHAPE`) and have one floating dtype (`GANYMEDE_DTYPE`); the result has `dtype`,
 * by default that of the noise.
 */
export function bernoulli(probability: TensorLike, uniform: Tensor, dtype: Dtype = uniform.dtype): Tensor {
  requireFloating('bernoulli', uniform);
  return cast(less(uniform, probability), dtype);
}
