import { type Dataset, defineGan } from '@ganymede/core';
import { adam, dynamicsOf, dynamicsOptions, rmsprop, schedules } from '@ganymede/nn';
import { GanymedeError } from '@ganymede/tensor';
import { z } from 'zod';
import { adversarial } from '../adversarial.js';
import { normal } from '../latent.js';
import { alternating } from '../update-schedule.js';
import { toyDiscriminator, toyGenerator } from './toy-networks.js';
import { type ToyRecipe, toyLosses, toyRecipes, type ToyScale } from './toy-recipe.js';

/** Options of {@link toy}. */
export const toyOptions = z.strictObject({
  loss: z.enum(toyLosses).default('wgan-gp').describe('loss and penalty, by name'),
  width: z.number().int().positive().default(128).describe('units of each hidden layer'),
  depth: z.number().int().positive().default(3).describe('hidden layers of either network'),
  latent: z.number().int().positive().default(2).describe('length of the latent vector, standard normal'),
  rate: z.number().positive().optional().describe('learning rate of both networks (default: the loss’s)'),
  decay: z
    .number()
    .int()
    .nonnegative()
    .default(0)
    .describe('iterations over which the rates fall to a hundredth along a cosine; 0: they stay'),
  critics: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('discriminator updates per generator update (default: the loss’s)'),
  weight: z
    .number()
    .positive()
    .optional()
    .describe('factor of the penalty, or the bound of wgan-clip (default: the loss’s)'),
  gain: z.number().positive().optional().describe('spectral norm of each layer of sn-hinge (default: 2)'),
  dynamics: dynamicsOptions()
    .optional()
    .describe('how the two networks move together, by name or with options (default: one after the other)'),
  beta1: z.number().min(0).lt(1).default(0.5).describe("Adam's decay of the mean gradient"),
  beta2: z.number().min(0).lt(1).default(0.9).describe("Adam's decay of the mean squared gradient"),
  ema: z
    .number()
    .min(0)
    .lt(1)
    .default(0.99)
    .describe('decay of the average of the generator that samples are drawn from; 0: no average'),
});

/** What a world tells of itself beyond other data. */
interface KnowsExtent {
  readonly extent?: number;
}

function extentOf(data: Dataset): number {
  const [name, field] = Object.entries(data.fields)[0] ?? [];
  if (field?.dtype !== 'float32' || field.shape.length !== 1 || field.shape[0] !== 2) {
    throw new GanymedeError('GANYMEDE_DATA_FIELD', {
      message: `toy learns points of the plane, float32 [2]; the data (${data.summary}) has ${name ?? 'nothing'} ${field?.dtype ?? ''} [${field?.shape.join(', ') ?? ''}]`,
      hint: 'train on --data world:ring or another world; dcgan is for images',
    });
  }
  return (data as Dataset & KnowsExtent).extent ?? 1;
}

/**
 * A GAN of two small ReLU networks that learns points of the plane within seconds, with any of the losses in {@link toyLosses}: to see
 * what a loss or a penalty does. Adam, an average of the generator, biases that start spread out; penalties and networks are scaled
 * by the data's extent (its `extent`, or 1).
 *
 * @throws `GANYMEDE_DATA_FIELD` for data that is not points
 */
export const toy = defineGan({
  id: '@ganymede/continuous/toy',
  summary: 'small ReLU networks on 2-D points, with any loss: see what each does',
  options: toyOptions,
  create({ loss: name, width, depth, latent, decay, beta1, beta2, ema, weight, ...given }, services) {
    const extent = extentOf(services.data);
    const make: (scale: ToyScale) => ToyRecipe = toyRecipes[name];
    const recipe = make({ extent, weight });
    const critics = given.critics ?? recipe.critics;
    const gain = recipe.gain === undefined ? undefined : (given.gain ?? recipe.gain);
    const rate = given.rate ?? recipe.rate ?? 2e-3;
    // An optimizer counts its own calls, and the discriminator's is called more often.
    const optimizer = (calls: number) => {
      const over = { from: rate, to: rate / 100, steps: decay * calls };
      const falling = decay === 0 ? rate : schedules.cosine(over);
      return recipe.optimizer === 'rmsprop'
        ? rmsprop({ rate: falling })
        : adam({ rate: falling, beta1, beta2 });
    };
    return adversarial(
      {
        latent: normal(latent),
        generator: toyGenerator({ width, depth, extent }),
        discriminator: toyDiscriminator({ width, depth, extent, gain }),
        loss: recipe.loss,
        regularizers: recipe.regularizers,
        optimizers: { generator: optimizer(1), discriminator: optimizer(critics) },
        schedule: alternating({ discriminator: critics }),
        ...(given.dynamics === undefined ? {} : { dynamics: dynamicsOf(given.dynamics) }),
        ...(ema > 0 ? { ema } : {}),
      },
      services,
    );
  },
});
