import { type PerAxis, perAxis } from '../convolution/geometry.js';
import type { Tensor } from '../tensor.js';
import { resize } from './resize.js';

/**
 * Each element of the spatial axes of `[N, C, ...]` repeated `scale` times in a row: nearest-neighbour enlargement.
 *
 * Whole scales, one or one per spatial axis (`GANYMEDE_SHAPE`). See {@link resize}, of which this is the case without options.
 */
export function resizeNearest(x: Tensor, scale: PerAxis): Tensor {
  const scales = perAxis(scale, Math.max(x.rank - 2, 1), 'Resize', 'scales');
  return resize(x, { scales, coordinates: 'asymmetric', rounding: 'floor' });
}
