import { adversarial, imageShape, normal } from '@ganymede/continuous';
import { defineGan, type Generator } from '@ganymede/core';
import { adam, conv2d, dense, flatten, leakyRelu, reshape, sequential, tanh } from '@ganymede/nn';
import { concat } from '@ganymede/tensor';
import { z } from 'zod';
import { smoothHinge } from './smooth-hinge.js';

/** Makes the left half of an image and mirrors it: a network written by hand, wrapping layers that Ganymede has. */
function mirrored(channels: number, height: number, width: number): Generator {
  const half = sequential(
    ...[dense(128), leakyRelu(0.2), dense((channels * height * width) / 2)],
    ...[reshape([channels, height, width / 2]), tanh()],
  );
  return {
    ...half,
    name: 'mirrored',
    apply(variables, x, ctx) {
      const left = half.apply(variables, x, ctx);
      const columns = Array.from({ length: width / 2 }, (_, i) =>
        left.slice(3, width / 2 - 1 - i, width / 2 - i),
      );
      return concat([left, ...columns], 3);
    },
  };
}

/** A GAN that can only draw symmetric pictures. */
export const tiny = defineGan({
  id: '@acme/tiny',
  summary: 'symmetric pictures from a small network',
  options: z.strictObject({
    rate: z.number().positive().default(5e-4),
    margin: z.number().positive().default(1),
  }),
  create({ rate, margin }, services) {
    const { channels, height, width } = imageShape(services.data);
    const optimizer = adam({ rate, beta1: 0.5 });
    return adversarial(
      {
        latent: normal(16),
        generator: mirrored(channels, height, width),
        discriminator: sequential(
          ...[conv2d(16, { kernel: 4, stride: 2 }), leakyRelu(0.2), conv2d(32, { kernel: 4, stride: 2 })],
          ...[leakyRelu(0.2), flatten(), dense(1)],
        ),
        loss: smoothHinge({ margin }),
        optimizers: { generator: optimizer, discriminator: optimizer },
      },
      services,
    );
  },
});
