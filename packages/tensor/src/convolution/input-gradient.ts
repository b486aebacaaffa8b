import { convTranspose } from '../operators/conv-transpose.js';
import { type ConvAttributes, kernelOf } from '../operators/conv.js';
import type { Tensor } from '../tensor.js';
import { coveringPadding } from './geometry.js';

/**
 * Gradient of a convolution for its input: the transposed convolution of `g` with the same filter. Input elements that no
 * window reaches, because the stride did not divide the size, come back as output padding.
 */
export function convInputGradient(g: Tensor, x: Tensor, w: Tensor, attributes: ConvAttributes): Tensor {
  const { strides, pads, dilations, group } = attributes;
  const outputPadding = coveringPadding(x.shape.slice(2), g.shape.slice(2), kernelOf(w, 'Conv'), attributes);
  return convTranspose(g, w, { strides, pads, dilations, group, outputPadding });
}
