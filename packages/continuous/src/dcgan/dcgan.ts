import { defineGan } from '@ganymede/core';
import { nonSaturating } from '@ganymede/losses';
import { adam } from '@ganymede/nn';
import { z } from 'zod';
import { adversarial } from '../adversarial.js';
import { imageShape } from '../image-shape.js';
import { normal, uniform } from '../latent.js';
import { dcganDiscriminator } from './dcgan-discriminator.js';
import { dcganGenerator } from './dcgan-generator.js';

/** Options of {@link dcgan}; the defaults are the paper's. */
export const dcganOptions = z.strictObject({
  /** Channels of the widest-resolution layer; each layer below it has twice as many. */
  width: z.number().int().positive().default(64),
  /** Length of the latent vector. */
  latent: z.number().int().positive().default(100),
  /** Distribution of the latents: uniform on [-1, 1) or standard normal. */
  prior: z.enum(['uniform', 'normal']).default('uniform'),
  /** Adam's learning rate for both networks. */
  rate: z.number().positive().default(2e-4),
  beta1: z.number().min(0).lt(1).default(0.5),
  beta2: z.number().min(0).lt(1).default(0.999),
  /** Decay of the average of the generator's parameters used for sampling; 0 samples from the trained parameters. */
  ema: z.number().min(0).lt(1).default(0),
});

/**
 * DCGAN (Radford, Metz, Chintala 2015) for square images of 28, 32 or 64 pixels, grey or colour: all-convolutional networks
 * with batch norm, N(0, 0.02) initial weights, Adam 2e-4 with beta1 0.5, the non-saturating loss.
 *
 * @throws `GANYMEDE_DATA_FIELD`, `GANYMEDE_IMAGE_SIZE`
 */
export const dcgan = defineGan({
  id: '@ganymede/continuous/dcgan',
  summary: 'DCGAN (Radford 2015): convolutional GAN for 28, 32 or 64 pixel images, grey or colour',
  options: dcganOptions,
  create({ width, latent, prior, rate, beta1, beta2, ema }, services) {
    const image = imageShape(services.data);
    const optimizer = adam({ rate, beta1, beta2 });
    return adversarial(
      {
        latent: prior === 'uniform' ? uniform(latent) : normal(latent),
        generator: dcganGenerator({ width, image }),
        discriminator: dcganDiscriminator({ width, image }),
        loss: nonSaturating(),
        optimizers: { generator: optimizer, discriminator: optimizer },
        ...(ema > 0 ? { ema } : {}),
      },
      services,
    );
  },
});
