import { site } from '../scope.js';
import { normalizeAxis, productOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { reshape } from './reshape.js';

/** Merges all axes from `from` on into one: `[N, 7, 7]` becomes `[N, 49]`. Composite: a reshape. `GANYMEDE_AXIS`. */
export function flatten(x: Tensor, from = 1): Tensor {
  if (from === x.rank) return reshape(x, [...x.shape, 1]);
  const axis = normalizeAxis(from, x.shape, site('flatten'));
  return reshape(x, [...x.shape.slice(0, axis), productOf(x.shape.slice(axis))]);
}
