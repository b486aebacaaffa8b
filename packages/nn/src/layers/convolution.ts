import type { Network, Tree } from '@ganymede/core';
import { conv, filled, type Value } from '@ganymede/tensor';
import { tensorAt } from '../variables.js';
import { type ConvolutionOptions, convolutionWindow, type Directions } from './convolution-window.js';
import { channelsInGroups, requireRank } from './dimension.js';
import { convPadding, onnxPads } from './padding.js';

/** A convolution of 1, 2 or 3 spatial directions: variables `kernel` [filters, C / groups, …] and `bias` [filters]. */
export function convolution(
  layer: string,
  directions: Directions,
  filters: number,
  options: ConvolutionOptions<number | readonly number[]>,
): Network {
  const window = convolutionWindow(layer, directions, filters, options);
  const { kernel: sizes, strides, dilations, groups, taps, bias } = window;
  return {
    name: 'conv',
    buffers: [],
    init(rng, shape): Tree<Value> {
      requireRank(layer, shape, directions + 2, window.layout);
      const channels = channelsInGroups(layer, shape, groups);
      const fan = { in: channels * taps, out: (filters / groups) * taps };
      const kernel = window.kernelInit(rng.child('kernel'), [filters, channels, ...sizes], fan);
      return bias ? { kernel, bias: filled([filters], window.biasInit) } : { kernel };
    },
    apply(variables, x, ctx) {
      requireRank(layer, x.shape, directions + 2, window.layout);
      return conv(x, tensorAt(variables, 'kernel', ctx), {
        strides,
        dilations,
        group: groups,
        pads: onnxPads(
          window.reaches.map((reach, i) =>
            convPadding(window.padding, x.shape[i + 2] ?? 1, reach, strides[i] ?? 1),
          ),
        ),
        ...(bias ? { bias: tensorAt(variables, 'bias', ctx) } : {}),
      });
    },
  };
}
