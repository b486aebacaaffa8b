import { adversarial, alternating, imageShape, normal } from '@ganymede/continuous';
import { defineGan } from '@ganymede/core';
import { hinge, r1 } from '@ganymede/losses';
import {
  adam,
  batchNorm,
  conv2d,
  convTranspose2d,
  dense,
  flatten,
  leakyRelu,
  relu,
  reshape,
  sequential,
  spectralNorm,
  tanh,
} from '@ganymede/nn';
import { z } from 'zod';

/** A GAN of one's own for 28x28 images: spectrally normalised hinge loss with an R1 penalty. */
export const tiny = defineGan({
  id: '@acme/composed',
  summary: 'a small GAN composed from parts',
  options: z.strictObject({ width: z.number().int().positive().default(32) }),
  create: ({ width }, services) =>
    adversarial(
      {
        latent: normal(64),
        generator: sequential(
          ...[dense(7 * 7 * 2 * width), reshape([2 * width, 7, 7]), batchNorm(), relu()],
          ...[convTranspose2d(width, { kernel: 4, stride: 2 }), batchNorm(), relu()],
          ...[convTranspose2d(imageShape(services.data).channels, { kernel: 4, stride: 2 }), tanh()],
        ),
        discriminator: sequential(
          ...[spectralNorm(conv2d(width, { kernel: 4, stride: 2 })), leakyRelu(0.2)],
          ...[spectralNorm(conv2d(2 * width, { kernel: 4, stride: 2 })), leakyRelu(0.2)],
          ...[flatten(), dense(1)],
        ),
        loss: hinge(),
        regularizers: [r1({ gamma: 1 })],
        optimizers: {
          generator: adam({ rate: 1e-4, beta1: 0 }),
          discriminator: adam({ rate: 4e-4, beta1: 0 }),
        },
        schedule: alternating({ discriminator: 2 }),
      },
      services,
    ),
});
