import { conv } from '../operators/conv.js';
import { reshape } from '../operators/reshape.js';
import { slice } from '../operators/slice.js';
import { transpose } from '../operators/transpose.js';
import { type Dim, productOf, quotientOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import type { FilterGradient } from './filter-gradient.js';

/**
 * Filter gradient as a convolution in which batch and channels have changed places, and strides and dilations too. Works
 * for any number of axes and groups.
 */
export function filterGradientByDilatedConv(problem: FilterGradient): Tensor {
  const { large, small, kernel, strides, pads, dilations, group } = problem;
  const axes = kernel.map((_, i) => i + 2);
  const images = group === 1 ? transpose(large, [1, 0, ...axes]) : groupsAsChannels(large, group);
  const filters = transpose(small, [1, 0, ...axes]);
  const all = conv(images, filters, { strides: dilations, dilations: strides, pads, group });
  // Where the stride left input elements unseen there are more results than the filter has elements.
  const kept = slice(all, { axes, starts: axes.map(() => 0), ends: kernel });
  return transpose(kept, [1, 0, ...axes]);
}

/** `[N, group * C, ...]` as `[C, group * N, ...]`: each group of filters then meets its own channels only. */
function groupsAsChannels(large: Tensor, group: number): Tensor {
  const [batch = 1, channels = 1, ...spatial] = large.shape;
  const perGroup: Dim = quotientOf(channels, group) ?? channels;
  const grouped = reshape(large, [batch, group, perGroup, ...spatial]);
  const swapped = transpose(grouped, [2, 1, 0, ...spatial.map((_, i) => i + 3)]);
  return reshape(swapped, [perGroup, productOf([group, batch]), ...spatial]);
}
