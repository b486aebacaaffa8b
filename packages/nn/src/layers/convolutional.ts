import type { Network, Tree } from '@ganymede/core';
import { type ConvOptions, filled, type Tensor, type Value } from '@ganymede/tensor';
import type { Fan } from '../initializers/initializer.js';
import { tensorAt } from '../variables.js';
import type { ConvolutionWindow } from './convolution-window.js';
import { channelsInGroups, requireRank } from './dimension.js';

/** What a convolution and a transposed one do differently. */
export interface ConvolutionForm {
  readonly name: 'conv' | 'convTranspose';
  /** Shape and fan of the kernel for so many channels in each group. */
  kernel(channels: number): { readonly shape: readonly number[]; readonly fan: Fan };
  apply(x: Tensor, kernel: Tensor, options: Omit<ConvOptions, 'pads'>): Tensor;
}

/** A network with the variables `kernel` and, unless left out, `bias` [filters]. */
export function convolutional(window: ConvolutionWindow, form: ConvolutionForm): Network {
  const { layer, layout, strides, dilations, groups, filters, bias } = window;
  const rank = window.kernel.length + 2;
  return {
    name: form.name,
    buffers: [],
    init(rng, shape): Tree<Value> {
      requireRank(layer, shape, rank, layout);
      const { shape: sizes, fan } = form.kernel(channelsInGroups(layer, shape, groups));
      const kernel = window.kernelInit(rng.child('kernel'), sizes, fan);
      return bias ? { kernel, bias: filled([filters], window.biasInit) } : { kernel };
    },
    apply(variables, x, ctx) {
      requireRank(layer, x.shape, rank, layout);
      const options = { strides, dilations, group: groups };
      return form.apply(
        x,
        tensorAt(variables, 'kernel', ctx),
        bias ? { ...options, bias: tensorAt(variables, 'bias', ctx) } : options,
      );
    },
  };
}
