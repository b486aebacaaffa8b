import type { Generator } from '@ganymede/core';
import { batchNorm, convTranspose2d, dense, normal, relu, reshape, sequential, tanh } from '@ganymede/nn';
import type { ImageShape } from '../image-shape.js';
import { resolutionPlan } from './resolution-plan.js';

/**
 * DCGAN's generator (Radford et al. 2015, fig. 1): latents are projected to a small map, then doubled in size by strided
 * transposed convolutions with batch norm and ReLU down to `width` channels; tanh gives images in [-1, 1].
 * 4x4 kernels in place of the paper's 5x5, so that stride 2 covers every pixel equally often.
 */
export function dcganGenerator({ width, image }: { width: number; image: ImageShape }): Generator {
  const { base, doublings } = resolutionPlan(image);
  const init = { kernelInit: normal(0.02), bias: false };
  const up = (filters: number) => convTranspose2d(filters, { kernel: 4, stride: 2, ...init });
  const widest = width * 2 ** (doublings - 1);
  const project = dense(base * base * widest, init);
  const toMap = reshape([widest, base, base]);
  // At 28 pixels the projection is normalised per feature, as the usual MNIST versions do; per channel elsewhere, as the paper.
  const start = base === 7 ? [project, batchNorm(), relu(), toMap] : [project, toMap, batchNorm(), relu()];
  const middle = Array.from({ length: doublings - 1 }, (_, i) => [
    up(widest / 2 ** (i + 1)),
    batchNorm(),
    relu(),
  ]);
  return sequential(...start, ...middle.flat(), up(image.channels), tanh());
}
