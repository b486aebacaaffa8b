import { defineGan } from '@ganymede/core';
import { nonSaturating } from '@ganymede/losses';
import { adam, dynamicsOf, dynamicsOptions } from '@ganymede/nn';
import { z } from 'zod';
import { adversarial } from '../adversarial.js';
import { imageShape } from '../image-shape.js';
import { normal, uniform } from '../latent.js';
import { dcganDiscriminator } from './dcgan-discriminator.js';
import { dcganGenerator } from './dcgan-generator.js';

/** Options of {@link dcgan}; the defaults are the paper's. */
export const dcganOptions = z.strictObject({
  width: z
    .number()
    .int()
    .positive()
    .default(64)
    .describe('channels of the widest-resolution layer; each layer below it has twice as many'),
  latent: z.number().int().positive().default(100).describe('length of the latent vector'),
  prior: z
    .enum(['uniform', 'normal'])
    .default('uniform')
    .describe('latents uniform on [-1, 1) or standard normal'),
  rate: z.number().positive().default(2e-4).describe("Adam's learning rate"),
  /**
   * With equal rates the discriminator of networks as small as those of 28 pixels wins before the generator has learnt to
   * draw; the usual MNIST code has the generator learn five times as fast.
   */
  generatorRate: z
    .number()
    .positive()
    .optional()
    .describe("the generator's own learning rate (default: `rate`, at 28 pixels five times that)"),
  dynamics: dynamicsOptions()
    .optional()
    .describe('how the two networks move together, by name or with options (default: one after the other)'),
  beta1: z.number().min(0).lt(1).default(0.5).describe("Adam's decay of the mean gradient"),
  beta2: z.number().min(0).lt(1).default(0.999).describe("Adam's decay of the mean squared gradient"),
  ema: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe('decay of the average of the generator that samples are drawn from; 0: no average'),
});

/**
 * DCGAN (Radford, Metz, Chintala 2015) for square images of 28, 32 or 64 pixels, grey or colour: all-convolutional networks
 * with batch norm, N(0, 0.02) initial weights, Adam 2e-4 (see `generatorRate`) with beta1 0.5, the non-saturating loss.
 *
 * @throws `GANYMEDE_DATA_FIELD`, `GANYMEDE_IMAGE_SIZE`
 */
export const dcgan = defineGan({
  id: '@ganymede/continuous/dcgan',
  summary: 'DCGAN (Radford 2015): convolutional GAN for 28, 32 or 64 pixel images, grey or colour',
  options: dcganOptions,
  create({ width, latent, prior, rate, beta1, beta2, ema, ...given }, services) {
    const image = imageShape(services.data);
    const { generatorRate = image.height === 28 ? 5 * rate : rate } = given;
    return adversarial(
      {
        latent: prior === 'uniform' ? uniform(latent) : normal(latent),
        generator: dcganGenerator({ width, image }),
        discriminator: dcganDiscriminator({ width, image }),
        loss: nonSaturating(),
        optimizers: {
          generator: adam({ rate: generatorRate, beta1, beta2 }),
          discriminator: adam({ rate, beta1, beta2 }),
        },
        ...(given.dynamics === undefined ? {} : { dynamics: dynamicsOf(given.dynamics) }),
        ...(ema > 0 ? { ema } : {}),
      },
      services,
    );
  },
});
