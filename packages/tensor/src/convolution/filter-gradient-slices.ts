import { concat } from '../operators/concat.js';
import { gemm } from '../operators/gemm.js';
import { pad } from '../operators/pad.js';
import { reshape } from '../operators/reshape.js';
import { slice } from '../operators/slice.js';
import { transpose } from '../operators/transpose.js';
import { productOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import type { FilterGradient } from './filter-gradient.js';

/** Every combination of one index per axis, the last axis running fastest. */
export const indicesOf = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>(
    (all, n) => all.flatMap((at) => Array.from({ length: n }, (_, i) => [...at, i])),
    [[]],
  );

/**
 * Filter gradient as one matrix product: for each filter element the strided slice of the large side that it saw, in
 * channels-last order so that the slices are joined along contiguous memory. Any number of axes, one group.
 */
export function filterGradientBySlices({
  large,
  small,
  kernel,
  strides,
  pads,
  dilations,
}: FilterGradient): Tensor {
  const spatial = kernel.map((_, i) => i + 1);
  const lastChannels = [0, ...kernel.map((_, i) => i + 2), 1];
  const rank = large.rank;
  const edges = new Array<number>(2 * rank).fill(0);
  kernel.forEach((_, i) => {
    edges[2 + i] = pads[i] ?? 0;
    edges[rank + 2 + i] = pads[kernel.length + i] ?? 0;
  });
  const padded = transpose(pad(large, edges), lastChannels);
  const seen = indicesOf(kernel).map((at) => {
    const starts = at.map((k, i) => k * (dilations[i] ?? 1));
    const ends = starts.map((start, i) => start + (Number(small.shape[2 + i]) - 1) * (strides[i] ?? 1) + 1);
    return slice(padded, { axes: spatial, starts, ends, steps: strides });
  });
  const positions = productOf([small.shape[0] ?? 1, ...small.shape.slice(2)]);
  const channels = large.shape[1] ?? 1;
  const columns = reshape(concat(seen, rank - 1), [positions, productOf([...kernel, channels])]);
  const rows = reshape(transpose(small, lastChannels), [positions, small.shape[1] ?? 1]);
  const filter = reshape(gemm(rows, columns, { transA: true }), [small.shape[1] ?? 1, ...kernel, channels]);
  return transpose(filter, [0, rank - 1, ...spatial]);
}
