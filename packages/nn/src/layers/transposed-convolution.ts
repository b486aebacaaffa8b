import type { Network, Tree } from '@ganymede/core';
import { convTranspose, filled, type Value } from '@ganymede/tensor';
import { tensorAt } from '../variables.js';
import { type ConvolutionOptions, convolutionWindow, type Directions } from './convolution-window.js';
import { channelsInGroups, requireRank } from './dimension.js';
import { convTransposePadding, onnxPads } from './padding.js';

/** A transposed convolution of 1, 2 or 3 spatial directions: variables `kernel` [C, filters / groups, …] and `bias` [filters]. */
export function transposedConvolution(
  layer: string,
  directions: Directions,
  filters: number,
  options: ConvolutionOptions<number | readonly number[]>,
): Network {
  const window = convolutionWindow(layer, directions, filters, options);
  const { kernel: sizes, strides, dilations, groups, taps, bias } = window;
  const steps = strides.reduce((product, s) => product * s, 1);
  const edges = window.reaches.map((reach, i) =>
    convTransposePadding(window.padding, reach, strides[i] ?? 1),
  );
  return {
    name: 'convTranspose',
    buffers: [],
    init(rng, shape): Tree<Value> {
      requireRank(layer, shape, directions + 2, window.layout);
      const perGroup = channelsInGroups(layer, shape, groups);
      const fan = { in: (perGroup * taps) / steps, out: (filters / groups) * taps };
      const kernel = window.kernelInit(
        rng.child('kernel'),
        [perGroup * groups, filters / groups, ...sizes],
        fan,
      );
      return bias ? { kernel, bias: filled([filters], window.biasInit) } : { kernel };
    },
    apply(variables, x, ctx) {
      requireRank(layer, x.shape, directions + 2, window.layout);
      return convTranspose(x, tensorAt(variables, 'kernel', ctx), {
        strides,
        dilations,
        group: groups,
        pads: onnxPads(edges.map(({ cut }) => cut)),
        outputPadding: edges.map(({ added }) => added),
        ...(bias ? { bias: tensorAt(variables, 'bias', ctx) } : {}),
      });
    },
  };
}
