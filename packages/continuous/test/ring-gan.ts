import { ort } from '@ganymede/backend-ort';
import { createGanymede, defineGan, definePlugin } from '@ganymede/core';
import { world } from '@ganymede/data';
import { nonSaturating } from '@ganymede/losses';
import { adam, dense, type Dynamics, relu, sequential } from '@ganymede/nn';
import { z } from 'zod';
import { adversarial } from '../src/adversarial.js';
import type { AdversarialParts } from '../src/adversarial-parts.js';
import { normal } from '../src/latent.js';

/** What differs between GANs on the ring. */
export interface RingGan {
  readonly dynamics?: Dynamics;
  /** Units of each of the two hidden layers. */
  readonly width?: number;
  readonly more?: Partial<AdversarialParts>;
}

/** Ids of modules have no state: each GAN gets an SDK of its own. */
export function ringGanymede({ dynamics, width = 16, more = {} }: RingGan) {
  const network = (units: number) => sequential(dense(width), relu(), dense(width), relu(), dense(units));
  const gan = defineGan({
    id: '@test/ring/gan',
    summary: 'small networks on the ring',
    options: z.strictObject({}),
    create: (_, services) =>
      adversarial(
        {
          latent: normal(2),
          generator: network(2),
          discriminator: network(1),
          loss: nonSaturating(),
          optimizers: {
            generator: adam({ rate: 1e-3, beta1: 0.5 }),
            discriminator: adam({ rate: 1e-3, beta1: 0.5 }),
          },
          ...(dynamics === undefined ? {} : { dynamics }),
          ...more,
        },
        services,
      ),
  });
  const plugin = definePlugin({ name: '@test/ring', apiVersion: 1, modules: [gan, world] });
  return createGanymede({ plugins: [ort, plugin] });
}
