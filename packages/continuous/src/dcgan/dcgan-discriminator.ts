import type { Discriminator } from '@ganymede/core';
import { batchNorm, conv2d, dense, flatten, leakyRelu, normal, sequential } from '@ganymede/nn';
import type { ImageShape } from '../image-shape.js';
import { resolutionPlan } from './resolution-plan.js';

/**
 * DCGAN's discriminator (Radford et al. 2015): the generator mirrored. Strided convolutions, leaky ReLU of slope 0.2, batch norm
 * in all but the first layer, one raw logit `[batch, 1]`.
 */
export function dcganDiscriminator({ width, image }: { width: number; image: ImageShape }): Discriminator {
  const { doublings } = resolutionPlan(image);
  const init = { kernelInit: normal(0.02), bias: false };
  const layers = Array.from({ length: doublings }, (_, i) => [
    conv2d(width * 2 ** i, { kernel: 4, stride: 2, ...init }),
    ...(i === 0 ? [] : [batchNorm()]),
    leakyRelu(0.2),
  ]);
  return sequential(...layers.flat(), flatten(), dense(1, init));
}
