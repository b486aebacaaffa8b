import type { Tensor } from '../tensor.js';
import { perChannel, type ScaleAndShift, scaleAndShift } from './families/scale-and-shift.js';
import { standardize } from './standardize.js';

/**
 * Each channel of each example of `[N, C, ...]` normalized over its positions (Ulyanov et al. 2016). `scale` and `bias` are `[C]`.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`). Composite of standardize. ONNX's
 * [InstanceNormalization-6](https://onnx.ai/onnx/operators/onnx__InstanceNormalization.html) is read as the same.
 */
export const instanceNormalization = (
  x: Tensor,
  { epsilon = 1e-5, ...learned }: ScaleAndShift = {},
): Tensor =>
  scaleAndShift(standardize(x, x.shape.map((_, i) => i).slice(2), epsilon), learned, (v) => perChannel(v, x));
