import { adversarial, normal } from '@ganymede/continuous';
import { createGanymede, defineGan, definePlugin, type Plugin } from '@ganymede/core';
import { world } from '@ganymede/data';
import { nonSaturating } from '@ganymede/losses';
import { adam, dense, leakyRelu, relu, sequential } from '@ganymede/nn';
import { z } from 'zod';

const points = defineGan({
  id: '@acme/points',
  summary: 'dense networks for points of the plane',
  options: z.object({}),
  create: (_options, services) =>
    adversarial(
      {
        latent: normal(2),
        generator: sequential(dense(64), relu(), dense(64), relu(), dense(2)),
        discriminator: sequential(dense(64), leakyRelu(0.2), dense(64), leakyRelu(0.2), dense(1)),
        loss: nonSaturating(),
        optimizers: {
          generator: adam({ rate: 1e-3, beta1: 0.5 }),
          discriminator: adam({ rate: 1e-3, beta1: 0.5 }),
        },
      },
      services,
    ),
});

/** What a training reported: one pair of losses for each step, and what it ran on. */
export interface Training {
  readonly backend: string;
  readonly losses: readonly (readonly [discriminator: number, generator: number])[];
}

/** Trains a GAN on the ring of eight modes, on the backend of a plugin; the same everywhere, but for rounding. */
export async function trainMixture(
  backend: Plugin,
  id: string,
  device: string,
  steps: number,
  options: Readonly<Record<string, unknown>> = {},
  more: { readonly out?: string } = {},
): Promise<Training> {
  const plugin = definePlugin({ name: '@acme/points', apiVersion: 1, modules: [points] });
  const ganymede = createGanymede({ plugins: [backend, plugin] });
  const losses: [number, number][] = [];
  let summary = '';
  const run = await ganymede.train('@acme/points', {
    backend: { id, options },
    device,
    data: world({ name: 'ring', count: 2000 }),
    batch: 64,
    ...more,
    steps,
    seed: 3,
    sinks: [
      {
        write: (event) => {
          if (event.type === 'start') summary = event.backend;
          if (event.type !== 'step') return;
          const { discriminatorLoss, generatorLoss } = event.metrics;
          losses.push([discriminatorLoss as number, generatorLoss as number]);
        },
      },
    ],
  });
  await run.dispose();
  return { backend: summary, losses };
}
