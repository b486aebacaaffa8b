import type { Network } from '@ganymede/core';
import { conv } from '@ganymede/tensor';
import { type ConvolutionOptions, convolutionWindow, type Directions } from './convolution-window.js';
import { convolutional } from './convolutional.js';
import { convPadding, onnxPads } from './padding.js';

/** A convolution of 1, 2 or 3 spatial directions: variables `kernel` [filters, C / groups, …] and `bias` [filters]. */
export function convolution(
  layer: string,
  directions: Directions,
  filters: number,
  options: ConvolutionOptions<number | readonly number[]>,
): Network {
  const window = convolutionWindow(layer, directions, filters, options);
  const { kernel, strides, groups, taps, padding, reaches } = window;
  return convolutional(window, {
    name: 'conv',
    kernel: (channels) => ({
      shape: [filters, channels, ...kernel],
      fan: { in: channels * taps, out: (filters / groups) * taps },
    }),
    apply(x, weights, given) {
      const edges = reaches.map((reach, i) =>
        convPadding(padding, x.shape[i + 2] ?? 1, reach, strides[i] ?? 1),
      );
      return conv(x, weights, { ...given, pads: onnxPads(edges) });
    },
  });
}
