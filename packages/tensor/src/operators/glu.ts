import { normalizeAxis } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { sigmoid } from './sigmoid.js';
import { split } from './split.js';

/**
 * The first half of `x` along `axis` times the sigmoid of the second half: gated linear units (Dauphin et al., 2017).
 * Composite.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`); the axis has an even size (`GANYMEDE_SHAPE`) and counts from the end if negative
 * (`GANYMEDE_AXIS`).
 */
export function glu(x: Tensor, axis = -1): Tensor {
  const [value, gate] = split(x, 2, normalizeAxis(axis, x.shape, 'glu')) as [Tensor, Tensor];
  return mul(value, sigmoid(gate));
}
