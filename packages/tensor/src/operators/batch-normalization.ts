import type { Tensor } from '../tensor.js';
import { perChannel, type ScaleAndShift, scaleAndShift } from './families/scale-and-shift.js';
import { standardize } from './standardize.js';

/**
 * Each channel of `[N, C, ...]` normalized over the batch and all positions (Ioffe and Szegedy 2015), by the statistics of this batch.
 * `scale` and `bias` are `[C]`.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`). Composite of standardize; running statistics are the business of a layer (`batchNorm` of nn).
 */
export const batchNormalization = (x: Tensor, { epsilon = 1e-5, ...learned }: ScaleAndShift = {}): Tensor =>
  scaleAndShift(
    standardize(
      x,
      x.shape.map((_, i) => i).filter((i) => i !== 1),
      epsilon,
    ),
    learned,
    (v) => perChannel(v, x),
  );
