import { gemm } from '../operators/gemm.js';
import { reshape } from '../operators/reshape.js';
import { transpose } from '../operators/transpose.js';
import { productOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { columnsOf } from './columns.js';
import type { FilterGradient } from './filter-gradient.js';

/**
 * Filter gradient as one matrix product: what each window saw of the large side, against the small side. The columns are
 * those that a forward convolution by matrix product makes, so that a graph with both has them once. Any number of axes,
 * one group, sizes known (but for the batch).
 */
export function filterGradientByColumns({ large, small, kernel, ...window }: FilterGradient): Tensor {
  const lastChannels = [0, ...kernel.map((_, i) => i + 2), 1];
  const counts = small.shape.slice(2).map(Number);
  const columns = columnsOf(transpose(large, lastChannels), kernel, counts, window);
  const [batch = 1, smallChannels = 1] = small.shape;
  const rows = reshape(transpose(small, lastChannels), [productOf([batch, ...counts]), smallChannels]);
  const product = gemm(rows, columns, { transA: true });
  const channels = large.shape[1] ?? 1;
  const perElement = reshape(product, [smallChannels, productOf(kernel), channels]);
  return reshape(transpose(perElement, [0, 2, 1]), [smallChannels, channels, ...kernel]);
}
