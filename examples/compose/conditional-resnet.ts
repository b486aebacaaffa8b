import { adversarial, alternating, normal } from '@ganymede/continuous';
import { conditionAt, defineGan, type Network } from '@ganymede/core';
import { hinge, projectionLogits } from '@ganymede/losses';
import {
  adam,
  batchNorm,
  compose,
  conditionalBatchNorm,
  conv2d,
  dense,
  embedding,
  globalPool,
  relu,
  reshape,
  residualBlock,
  schedules,
  sequential,
  spectralNorm,
  tanh,
} from '@ganymede/nn';
import { z } from 'zod';

/** The generator of SN-GAN for 32x32 images of classes: latents `[N, size]` and the condition `label`. */
export function resnetGenerator(width: number, classes: number): Network {
  const norm = () => conditionalBatchNorm({ classes });
  const up = () => residualBlock(width, { resample: 'up', norm });
  const stem = [dense(16 * width), reshape([width, 4, 4])];
  return sequential(...stem, up(), up(), up(), batchNorm(), relu(), conv2d(3, { kernel: 3 }), tanh());
}

/**
 * Its projection discriminator: images `[N, 3, 32, 32]` and the condition `label`. `attention` is put after the first block, where
 * SAGAN and BigGAN have it.
 */
export function projectionDiscriminator(width: number, classes: number, ...attention: Network[]): Network {
  const wrap = spectralNorm;
  const features = sequential(
    residualBlock(width, { resample: 'down', first: true, wrap }),
    ...attention,
    residualBlock(width, { resample: 'down', wrap }),
    ...[residualBlock(width, { wrap }), residualBlock(width, { wrap })],
    ...[relu(), globalPool('sum')],
  );
  const parts = { features, logit: wrap(dense(1)), classes: wrap(embedding(classes, width)) };
  return compose(parts, (part, images, ctx) => {
    const h = part.features(images);
    const classVectors = part.classes(conditionAt(ctx, 'label'));
    return projectionLogits({ logits: part.logit(h), features: h, classVectors });
  });
}

/** SN-GAN with projection (Miyato et al. 2018; Miyato and Koyama 2018) for labelled 32x32 images, such as CIFAR-10. */
export const conditionalResnet = defineGan({
  id: '@acme/conditional-resnet',
  summary: 'a class-conditional residual GAN with spectral normalization',
  options: z.strictObject({
    generatorWidth: z.number().int().positive().default(256),
    discriminatorWidth: z.number().int().positive().default(128),
    classes: z.number().int().positive().default(10),
    steps: z.number().int().positive().default(50_000),
  }),
  create: ({ generatorWidth, discriminatorWidth, classes, steps }, services) => {
    const rate = schedules.linear({ from: 2e-4, to: 0, steps });
    return adversarial(
      {
        latent: normal(128),
        conditions: { label: 'labels' },
        generator: resnetGenerator(generatorWidth, classes),
        discriminator: projectionDiscriminator(discriminatorWidth, classes),
        loss: hinge(),
        optimizers: {
          generator: adam({ rate, beta1: 0, beta2: 0.9 }),
          discriminator: adam({ rate, beta1: 0, beta2: 0.9 }),
        },
        schedule: alternating({ discriminator: 5 }),
      },
      services,
    );
  },
});
