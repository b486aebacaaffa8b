import { productOf } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { gemm } from '../gemm.js';
import { matmul } from '../matmul.js';
import { reshape } from '../reshape.js';

/** `matrix` (`[to, from]`) applied to every line of `x` along an axis of size `from`. */
export function productAlong(x: Tensor, axis: number, matrix: Tensor): Tensor {
  const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const [to = 1, from = 1] = matrix.shape;
  const result = [...before, to, ...after];
  if (after.length === 0)
    return reshape(gemm(reshape(x, [productOf(before), from]), matrix, { transB: true }), result);
  return reshape(matmul(matrix, reshape(x, [productOf(before), from, productOf(after)])), result);
}
