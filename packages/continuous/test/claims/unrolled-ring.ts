import { ort } from '@ganymede/backend-ort';
import { createGanymede, defineGan, definePlugin } from '@ganymede/core';
import { world } from '@ganymede/data';
import { minimax } from '@ganymede/losses';
import { modeScores } from '@ganymede/metrics';
import { adam, dense, orthogonal, sequential, simultaneous, tanh, unrolled } from '@ganymede/nn';
import { z } from 'zod';
import { adversarial } from '../../src/adversarial.js';
import { normal } from '../../src/latent.js';

/** What is unrolled, how long it trains, and where its random numbers come from. */
export interface UnrolledRing {
  /** Discriminator updates that the generator looks through; 0: plain simultaneous updates. */
  readonly k: number;
  readonly steps: number;
  readonly seed: number;
}

/**
 * Modes captured of the ring, averaged over the second half of a training, every 250 updates: the setting of the authors' notebook
 * (Metz et al. 2017), a ring of radius 1 and deviation 0.01, the saddle point's own loss, two hidden tanh layers of 128 units in either
 * network, orthogonal weights times 1.4, latents of 256 numbers, batches of 512, Adam with beta1 0.5 and rates 1e-3 and 1e-4.
 */
export async function ringModes({ k, steps, seed }: UnrolledRing): Promise<number> {
  const data = world({ name: 'ring', scaling: 'veegan', count: 50_000 });
  const layer = (units: number) => dense(units, { kernelInit: orthogonal(1.4) });
  const network = (units: number) => sequential(layer(128), tanh(), layer(128), tanh(), layer(units));
  const gan = defineGan({
    id: '@test/unrolled/gan',
    summary: 'the unrolled GAN of the ring',
    options: z.strictObject({}),
    create: (_, services) =>
      adversarial(
        {
          latent: normal(256),
          generator: network(2),
          discriminator: network(1),
          loss: minimax(),
          optimizers: {
            generator: adam({ rate: 1e-3, beta1: 0.5 }),
            discriminator: adam({ rate: 1e-4, beta1: 0.5 }),
          },
          dynamics: k === 0 ? simultaneous() : unrolled({ steps: k }),
        },
        services,
      ),
  });
  const plugin = definePlugin({ name: '@test/unrolled', apiVersion: 1, modules: [gan] });
  const run = await createGanymede({ plugins: [ort, plugin] }).start('@test/unrolled/gan', {
    data,
    batch: 512,
    seed,
    steps,
    // Networks so small are done before a second thread has begun.
    backend: { id: 'ort', options: { threads: 1 } },
  });
  const captured: number[] = [];
  for await (const event of run.advance()) {
    if (event.type !== 'step' || event.iteration % 250 !== 0 || event.iteration <= steps / 2) continue;
    const { points } = await run.sample({ count: 2500, seed: 7 });
    captured.push(
      modeScores(points?.data as Float32Array, { centres: data.centres, std: data.sigma }).captured,
    );
  }
  await run.dispose();
  return captured.reduce((sum, n) => sum + n, 0) / captured.length;
}
