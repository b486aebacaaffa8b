import { site } from '../scope.js';
import { normalizeAxis } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { type ScaleAndShift, scaleAndShift } from './families/scale-and-shift.js';
import { standardize } from './standardize.js';

/** Options of {@link layerNormalization}. */
export interface LayerNormalizationOptions extends ScaleAndShift {
  /** First of the axes normalized over; all axes after it are too. @defaultValue -1 */
  readonly axis?: number;
}

/**
 * Each example normalized over its last axes (Ba et al. 2016). `scale` and `bias` have the shape of those axes.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`); a negative axis counts from the end (`GANYMEDE_AXIS`). Composite of standardize. ONNX's
 * [LayerNormalization-17](https://onnx.ai/onnx/operators/onnx__LayerNormalization.html) is read as the same.
 */
export function layerNormalization(
  x: Tensor,
  { axis = -1, epsilon = 1e-5, ...learned }: LayerNormalizationOptions = {},
): Tensor {
  const first = normalizeAxis(axis, x.shape, site('layerNormalization'));
  const axes = x.shape.map((_, i) => i).slice(first);
  return scaleAndShift(standardize(x, axes, epsilon), learned, (v) => v);
}
