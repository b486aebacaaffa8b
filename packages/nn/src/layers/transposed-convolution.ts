import type { Network } from '@ganymede/core';
import { convTranspose } from '@ganymede/tensor';
import { type ConvolutionOptions, convolutionWindow, type Directions } from './convolution-window.js';
import { convolutional } from './convolutional.js';
import { convTransposePadding, onnxPads } from './padding.js';

/** A transposed convolution of 1, 2 or 3 spatial directions: variables `kernel` [C, filters / groups, …] and `bias` [filters]. */
export function transposedConvolution(
  layer: string,
  directions: Directions,
  filters: number,
  options: ConvolutionOptions<number | readonly number[]>,
): Network {
  const window = convolutionWindow(layer, directions, filters, options);
  const { kernel, strides, groups, taps, padding, reaches } = window;
  const steps = strides.reduce((product, s) => product * s, 1);
  const edges = reaches.map((reach, i) => convTransposePadding(padding, reach, strides[i] ?? 1));
  const sides = {
    pads: onnxPads(edges.map(({ cut }) => cut)),
    outputPadding: edges.map(({ added }) => added),
  };
  return convolutional(window, {
    name: 'convTranspose',
    kernel: (channels) => ({
      shape: [channels * groups, filters / groups, ...kernel],
      fan: { in: (channels * taps) / steps, out: (filters / groups) * taps },
    }),
    apply: (x, weights, given) => convTranspose(x, weights, { ...given, ...sides }),
  });
}
