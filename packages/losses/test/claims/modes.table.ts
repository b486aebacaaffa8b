import { dense, heNormal, minibatchDiscrimination, normal, relu, sequential } from '@ganymede/nn';
import { type ClaimRow, once } from '@ganymede/testing';
import { dragan } from '../../src/index.js';
import { mlp, trainPlanar } from './planar-gan.js';
import { grid25, ring } from './worlds.js';

const nets = { generator: mlp(128, 2), discriminator: mlp(128, 1) };
const seeds = [1, 2, 3] as const;

const plain = once(() => trainPlanar({ world: ring, steps: 8000, seed: 1, rate: 1e-3, ...nets }));
/** Modes of the ring that a discriminator at four times the generator's rate leaves, by seed. */
const quick = (regularizers: readonly ReturnType<typeof dragan>[]) =>
  once(async () => {
    const captured: number[] = [];
    for (const seed of seeds) {
      const options = { world: ring, steps: 4000, seed, rate: 1e-3, faster: 4, regularizers, ...nets };
      captured.push((await trainPlanar(options)).captured);
    }
    return captured;
  });
const penalized = quick([dragan({ weight: 1 })]);
const vanilla = quick([]);

/**
 * Modes of the grid, on average over 5 seeds, that a generator of two layers of 64 reaches. Closeness is averaged: summed over a batch
 * of 128, it drowns the other features, and the layer keeps as many modes or fewer.
 */
async function ofSmallGenerator(layer: boolean): Promise<number> {
  const seeing = sequential(
    ...[128, 128].flatMap((units) => [dense(units, { kernelInit: heNormal() }), relu()]),
    minibatchDiscrimination({ kernels: 8, dimensions: 2, average: true, kernelInit: normal(0.3) }),
    dense(1),
  );
  const parts = { generator: mlp(64, 2, 2), discriminator: layer ? seeing : mlp(128, 1, 2) };
  let total = 0;
  for (const seed of [1, 2, 3, 4, 5]) {
    const options = { world: grid25, steps: 9000, seed, rate: 1e-3, faster: 4, ...parts };
    total += (await trainPlanar(options)).captured;
  }
  return total / 5;
}
const [withLayer, without] = [once(() => ofSmallGenerator(true)), once(() => ofSmallGenerator(false))];

const salimans = 'Minibatch discrimination (Salimans et al. 2016)';
/** Rows about modes that GANs reach or miss. */
export const modeRows: readonly ClaimRow[] = [
  {
    about: 'Non-saturating (Goodfellow et al. 2014)',
    claim: 'on the ring of 8 Gaussians, Adam 0.001: share of high-quality samples',
    expected: { above: 0.9 },
    measure: async () => (await plain()).highQuality,
  },
  {
    about: 'DRAGAN (Kodali et al. 2017)',
    claim: 'the ring with a discriminator four times as fast, λ 1, seeds 1, 2, 3: the fewest modes of 8',
    expected: { exact: 8, tolerance: 0 },
    measure: async () => Math.min(...(await penalized())),
  },
  {
    about: 'DRAGAN (Kodali et al. 2017)',
    claim: 'the same without the penalty: in how many of 3 seeds modes are missed',
    expected: { between: [1, 3] },
    measure: async () => (await vanilla()).filter((captured) => captured < 8).length,
  },
  {
    about: salimans,
    claim:
      '25 Gaussians, a generator 2-64-64-2, on average over 5 seeds: modes with the layer, averaging, less those without',
    expected: { between: [0, 25] },
    measure: async () => (await withLayer()) - (await without()),
  },
];
