import { adversarial, imageShape, normal } from '@ganymede/continuous';
import { defineGan, definePlugin } from '@ganymede/core';
import { hinge } from '@ganymede/losses';
import { adam, conv2d, dense, leakyRelu, reshape, sequential, tanh } from '@ganymede/nn';
import { z } from 'zod';
import { attention } from './attention.js';
import { brush } from './brush.js';
import { dilatedDepthwise } from './dilated-depthwise.js';
import { enlarge } from './enlarge.js';
import { groupNormalization } from './group-normalization.js';
import { strongest } from './strongest.js';
import { winners } from './winners.js';

const optimizer = adam({ rate: 1e-3, beta1: 0.5 });

/** A GAN of layers that Ganymede does not have, each written with a few operators of the tensor language. 28x28 images. */
export const unusual = defineGan({
  id: '@acme/unusual',
  summary: 'layers of operators that no algorithm here uses',
  options: z.strictObject({
    width: z.number().int().positive().multipleOf(4).default(16).describe('channels'),
  }),
  create: ({ width }, services) =>
    adversarial(
      {
        latent: normal(32),
        generator: sequential(
          ...[dense(width * 7 * 7), reshape([width, 7, 7]), groupNormalization(4), winners(width / 2)],
          ...[attention(2, 8), dilatedDepthwise(2), conv2d(width, { kernel: 1 }), enlarge()],
          ...[groupNormalization(4), leakyRelu(0.2), dilatedDepthwise(3)],
          ...[conv2d(imageShape(services.data).channels, { kernel: 1 }), enlarge(), brush(), tanh()],
        ),
        discriminator: sequential(
          ...[conv2d(width, { kernel: 4, stride: 2 }), leakyRelu(0.2)],
          ...[dilatedDepthwise(2), conv2d(2 * width, { kernel: 3, stride: 2 }), groupNormalization(2)],
          ...[leakyRelu(0.2), strongest(8), dense(1)],
        ),
        loss: hinge(),
        optimizers: { generator: optimizer, discriminator: optimizer },
      },
      services,
    ),
});

export default definePlugin({ name: '@acme/unusual', apiVersion: 1, modules: [unusual] });
