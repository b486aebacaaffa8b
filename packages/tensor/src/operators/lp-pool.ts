import type { Tensor } from '../tensor.js';
import { abs } from './abs.js';
import { averagePool } from './average-pool.js';
import type { PoolOptions } from './families/pooling.js';
import { poolAttributes } from './families/pooling.js';
import { mul } from './mul.js';
import { pow } from './pow.js';
import { sqrt } from './sqrt.js';

/** Options of {@link lpPool}. */
export interface LpPoolOptions extends PoolOptions {
  /** Exponent, at least 1. @defaultValue 2 */
  readonly p?: number;
}

/** |x|^p, smooth where it can be. */
export const absolutePower = (x: Tensor, p: number): Tensor =>
  p === 1 ? abs(x) : p === 2 ? mul(x, x) : p % 2 === 0 ? pow(x, p) : pow(abs(x), p);

/** The p-th root. */
export const root = (x: Tensor, p: number): Tensor => (p === 1 ? x : p === 2 ? sqrt(x) : pow(x, 1 / p));

/**
 * (Σ |x|^p)^(1/p) over a moving window of each channel; padding counts as zeros. Composite of averagePool, whose errors apply.
 *
 * `x` is `[N, C, ...]` with 1 to 3 spatial axes. The derivative does not exist (is not finite) where a window holds zeros only.
 * ONNX's [LpPool-11](https://onnx.ai/onnx/operators/onnx__LpPool.html) is read as this.
 */
export function lpPool(x: Tensor, { p = 2, ...options }: LpPoolOptions): Tensor {
  const { kernel_shape: kernel, strides, pads } = poolAttributes('LpPool', x, options);
  // With ceil mode's share as plain padding, every window is divided by its whole size.
  const mean = averagePool(absolutePower(x, p), { kernel, strides, pads, countPadding: true });
  const size = kernel.reduce((a, b) => a * b, 1);
  return root(mul(mean, size), p);
}
