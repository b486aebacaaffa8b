import type { Network, Regularizer } from '@ganymede/core';
import { modeScores, type ModeScores } from '@ganymede/metrics';
import { adam, dense, heNormal, relu, schedules, sequential } from '@ganymede/nn';
import { numbersOf, type Value } from '@ganymede/tensor';
import { nonSaturating } from '../../src/index.js';
import { createOrtTraining, lossesOf } from '../train-on-ort.js';
import { drawWorld, type World } from './worlds.js';

/** A non-saturating GAN of points in the plane. */
export interface PlanarGan {
  readonly world: World;
  readonly steps: number;
  readonly seed: number;
  readonly generator: Network;
  readonly discriminator: Network;
  /** Of the generator; it falls to a twentieth over the training. */
  readonly rate: number;
  /** The discriminator's rate is so many times that. @defaultValue 1 */
  readonly faster?: number;
  readonly regularizers?: readonly Regularizer[];
}

/** `depth` hidden layers of `width` ReLUs. */
export const mlp = (width: number, outputs: number, depth = 3): Network =>
  sequential(
    ...Array.from({ length: depth }, () => [dense(width, { kernelInit: heNormal() }), relu()]).flat(),
    dense(outputs),
  );

const [batch, latent] = [128, 2];

/** Trains it with Adam (0.5, 0.9) and batches of 128, and looks at 2500 points. */
export async function trainPlanar(options: PlanarGan): Promise<ModeScores> {
  const { world, steps, seed, generator, discriminator, rate, faster = 1, regularizers = [] } = options;
  const falling = (from: number) =>
    adam({ rate: schedules.linear({ from, to: from / 20, steps }), beta1: 0.5, beta2: 0.9 });
  const training = await createOrtTraining(
    {
      g: { network: generator, optimizer: falling(rate), shape: ['N', latent] },
      d: { network: discriminator, optimizer: falling(rate * faster), shape: ['N', 2] },
    },
    { seed },
  );
  try {
    const step = await training.add({
      name: 'train',
      program(tools) {
        const { apply, ctx } = tools;
        const real = drawWorld(world, batch, ctx);
        const fake = apply('g', ctx.noise('latent', [batch, latent], { kind: 'normal' }));
        const loss = nonSaturating();
        const { discriminator: d } = lossesOf(tools, { real, fake, loss, regularizers });
        return { losses: { d, g: loss.generator(apply('d', fake, { still: true })) } };
      },
    });
    for (let i = 0; i < steps; i++) await step();
    const sample = await training.add({
      name: 'sample',
      program: ({ apply, ctx }) => ({
        outputs: { points: apply('g', ctx.noise('latent', [2500, latent], { kind: 'normal' })) },
      }),
    });
    const { points } = (await sample()).outputs;
    return modeScores(numbersOf(points as Value), world);
  } finally {
    await training.dispose();
  }
}
