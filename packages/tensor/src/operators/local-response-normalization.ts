import { productOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { add } from './add.js';
import { averagePool } from './average-pool.js';
import { mul } from './mul.js';
import { pow } from './pow.js';
import { reshape } from './reshape.js';

/** Options of {@link localResponseNormalization}. */
export interface LocalResponseNormalizationOptions {
  /** Number of neighbouring channels, this one among them. */
  readonly size: number;
  /** @defaultValue 1e-4 */
  readonly alpha?: number;
  /** @defaultValue 0.75 */
  readonly beta?: number;
  /** @defaultValue 1 */
  readonly bias?: number;
}

/**
 * Each element of `[N, C, ...]` over (bias + alpha · mean of the squares of its neighbours in other channels)^beta (Krizhevsky et al.
 * 2012), with zeros beside the first and last channel. PixelNorm is the case of all channels, but with its own mean.
 *
 * float32 or float64 (`GANYMEDE_DTYPE`). Composite of averagePool over the channels. ONNX's
 * [LRN-13](https://onnx.ai/onnx/operators/onnx__LRN.html) is read as this.
 */
export function localResponseNormalization(
  x: Tensor,
  { size, alpha = 1e-4, beta = 0.75, bias = 1 }: LocalResponseNormalizationOptions,
): Tensor {
  const [batch = 1, channels = 1, ...spatial] = x.shape;
  const lines = reshape(mul(x, x), [batch, 1, channels, productOf(spatial)]);
  const before = Math.floor((size - 1) / 2);
  const mean = averagePool(lines, {
    kernel: [size, 1],
    strides: 1,
    pads: [before, 0, size - 1 - before, 0],
    countPadding: true,
  });
  return mul(x, pow(add(mul(reshape(mean, x.shape), alpha), bias), -beta));
}
