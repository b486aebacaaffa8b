import {
  type Algorithm,
  createGanymede,
  createRng,
  type Dataset,
  defineGan,
  type Discriminator,
  type Generator,
  type Rng,
  type State,
} from '@ganymede/core';
import { ort } from '@ganymede/backend-ort';
import { world } from '@ganymede/data';
import { gradientPenalty, nonSaturating, r1, wasserstein } from '@ganymede/losses';
import { adam, dense, dropout, leakyRelu, relu, sequential, sgd } from '@ganymede/nn';
import { numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runStep } from '../test/run-step.js';
import { adversarial } from './adversarial.js';
import type { AdversarialParts } from './adversarial-parts.js';
import { normal } from './latent.js';
import { alternating } from './update-schedule.js';

const numbers: Dataset = {
  summary: 'numbers',
  length: 8,
  fields: { points: { dtype: 'float32', shape: [1] } },
  read: async () => ({}),
  hash: async () => '',
};
const batchSize = 4;
const real = [1, 3, 2, 6];
const latent = [0.5, -1, 2, 1.5];
const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / x.length;
const column = (x: readonly number[]) => valueOf(x, [x.length, 1]);

/** x -> w x, the smallest network that learns. */
const line = (start: number) => {
  const layer = dense(1, { bias: false });
  return {
    ...layer,
    init: (_rng: Rng) => ({ kernel: valueOf([start], [1, 1]) }),
  } satisfies Generator & Discriminator;
};
/** G(z) = 0.8 z, D(x) = 0.5 x, plain descent with different rates. */
const parts: AdversarialParts = {
  latent: normal(1),
  generator: line(0.8),
  discriminator: line(0.5),
  loss: wasserstein(),
  optimizers: { generator: sgd({ rate: 0.1 }), discriminator: sgd({ rate: 0.2 }) },
};
const make = (more: Partial<AdversarialParts> = {}): Algorithm =>
  adversarial({ ...parts, ...more }, { data: numbers, batchSize });

/** Runs a step on the batch above; noise not given is 0.5. */
const run = (
  algorithm: Algorithm,
  name: string,
  state: State,
  noise: Readonly<Record<string, readonly number[]>> = { 'noise/latent': latent },
) => runStep(algorithm, name, state, { batch: { points: column(real) }, noise });
const weight = (state: State, network: string) => numbersOf(state[`${network}/kernel`] as Value)[0] as number;

describe('adversarial', () => {
  it('updates the discriminator, then the generator against the new discriminator', () => {
    const algorithm = make();
    const { next, metric } = run(algorithm, 'train', algorithm.init(createRng(1)));
    // L_D = D(fake) - D(real) = d (g z - x), so dL/dd = g z - x on average.
    const d = 0.5 - 0.2 * (0.8 * mean(latent) - mean(real));
    expect(weight(next, 'discriminator')).toBeCloseTo(d, 6);
    // L_G = -d' g z with the new d', so dL/dg = -d' z.
    expect(weight(next, 'generator')).toBeCloseTo(0.8 + 0.1 * d * mean(latent), 6);
    expect(metric('discriminatorLoss')).toBeCloseTo(0.5 * (0.8 * mean(latent) - mean(real)), 6);
    expect(metric('generatorLoss')).toBeCloseTo(-d * 0.8 * mean(latent), 6);
    expect(metric('realLogit')).toBeCloseTo(0.5 * mean(real), 6);
    expect(metric('fakeLogit')).toBeCloseTo(0.5 * 0.8 * mean(latent), 6);
  });

  it('adds the gradients of the regularizers', () => {
    const algorithm = make({ regularizers: [r1({ gamma: 3 }), gradientPenalty({ weight: 2 })] });
    const { next, metric } = run(algorithm, 'train', algorithm.init(createRng(1)));
    // Slope d everywhere: R1 is 3/2 d² with derivative 3 d; the penalty is 2 (|d| - 1)² with derivative 4 (d - 1).
    const d = 0.5 - 0.2 * (0.8 * mean(latent) - mean(real) + 3 * 0.5 + 4 * (0.5 - 1));
    expect(weight(next, 'discriminator')).toBeCloseTo(d, 5);
    expect(metric('discriminatorLoss')).toBeCloseTo(
      0.5 * (0.8 * mean(latent) - mean(real)) + 1.5 * 0.25 + 2 * 0.25,
      5,
    );
    expect(weight(next, 'generator')).toBeCloseTo(0.8 + 0.1 * d * mean(latent), 5);
  });

  it('averages the generator after each of its updates, and samples from the average', () => {
    const algorithm = make({ ema: 0.9 });
    const start = algorithm.init(createRng(1));
    expect(weight(start, 'average/generator')).toBeCloseTo(0.8, 6);
    const first = run(algorithm, 'train', start).next;
    const g = weight(first, 'generator');
    expect(weight(first, 'average/generator')).toBeCloseTo(0.9 * 0.8 + 0.1 * g, 6);
    const second = run(algorithm, 'train', first).next;
    expect(weight(second, 'average/generator')).toBeCloseTo(
      0.9 * (0.9 * 0.8 + 0.1 * g) + 0.1 * weight(second, 'generator'),
      6,
    );
  });

  it('has a step for each network where the discriminator is updated more often', async () => {
    const algorithm = make({ schedule: alternating({ discriminator: 2 }) });
    expect(Object.keys(algorithm.steps)).toEqual(['discriminator', 'generator']);
    const start = algorithm.init(createRng(1));
    const critic = run(algorithm, 'discriminator', start).next;
    const d = 0.5 - 0.2 * (0.8 * mean(latent) - mean(real));
    expect(weight(critic, 'discriminator')).toBeCloseTo(d, 6);
    expect(weight(critic, 'generator')).toBeCloseTo(0.8, 6);
    const both = run(algorithm, 'generator', critic).next;
    expect(weight(both, 'discriminator')).toBeCloseTo(d, 6);
    expect(weight(both, 'generator')).toBeCloseTo(0.8 + 0.1 * d * mean(latent), 6);
  });

  it('calls them in order, each discriminator update on a batch of its own', async () => {
    const algorithm = make({ schedule: alternating({ discriminator: 3 }) });
    const calls: string[] = [];
    let batches = 0;
    const step = (name: string) => async (batch?: unknown) => {
      calls.push(`${name} ${String(batch)}`);
      return { step: name, metrics: { [`${name}Loss`]: calls.length }, outputs: {} };
    };
    const context = {
      steps: { discriminator: step('discriminator'), generator: step('generator') },
      data: { next: async () => ++batches },
    };
    const schedule = algorithm.schedule(context as never)[Symbol.asyncIterator]();
    const first = await schedule.next();
    await schedule.next();
    expect(calls.slice(0, 4)).toEqual([
      'discriminator 1',
      'discriminator 2',
      'discriminator 3',
      'generator 3',
    ]);
    expect(calls.slice(4)).toEqual(['discriminator 4', 'discriminator 5', 'discriminator 6', 'generator 6']);
    expect(first.value).toMatchObject({ metrics: { discriminatorLoss: 3, generatorLoss: 4 } });
  });

  it('draws the masks of real and generated samples independently', () => {
    const algorithm = make({ discriminator: sequential(dropout(0.5), line(0.5)) });
    const start = algorithm.init(createRng(1));
    const masks = run(algorithm, 'train', start)
      .noise.filter((name) => name.includes('mask'))
      .sort();
    // Real and generated samples of the discriminator's update, generated ones of the generator's.
    expect(masks).toEqual(['', '@2', '@3'].map((count) => `noise/discriminator/dropout1/mask${count}`));
    const kept = run(algorithm, 'train', start, {
      'noise/latent': latent,
      ...Object.fromEntries(masks.map((name) => [name, [0, 0, 0, 0]])),
    });
    expect(kept.metric('realLogit')).toBeCloseTo(2 * 0.5 * mean(real), 6);
    // Noise that is not given is 0.5, at which this dropout drops.
    const only = run(algorithm, 'train', start, { 'noise/latent': latent, [masks[1]!]: [0, 0, 0, 0] });
    expect(only.metric('realLogit')).toBe(0);
    expect(only.metric('fakeLogit')).toBeCloseTo(2 * 0.5 * 0.8 * mean(latent), 6);
    expect(only.metric('generatorLoss')).toBeCloseTo(0, 6);
  });
});

/** Two small networks of width 64 on points. */
const ringGan = defineGan({
  id: '@test/pack/ring',
  summary: 'a GAN of points',
  options: z.strictObject({}),
  create: (_, services) =>
    adversarial(
      {
        latent: normal(2),
        generator: sequential(dense(64), relu(), dense(64), relu(), dense(2)),
        discriminator: sequential(dense(64), leakyRelu(0.2), dense(64), leakyRelu(0.2), dense(1)),
        loss: nonSaturating(),
        regularizers: [r1({ gamma: 0.1 })],
        optimizers: {
          generator: adam({ rate: 1e-3, beta1: 0.5 }),
          discriminator: adam({ rate: 2e-3, beta1: 0.5 }),
        },
        ema: 0.99,
      },
      services,
    ),
});

describe('a GAN of points', () => {
  it('learns the ring in a thousand iterations', async () => {
    const ganymede = createGanymede({
      plugins: [ort, { name: 'test', apiVersion: 1, modules: [ringGan] } as const],
    });
    const data = world({ name: 'ring', count: 10_000 });
    const run = await ganymede.train('@test/pack/ring', { data, batch: 128, seed: 1, steps: 1000 });
    const { points } = await run.sample({ count: 2000, seed: 3 });
    const radii = Array.from({ length: 2000 }, (_, i) => {
      const [x, y] = [points!.data[2 * i] as number, points!.data[2 * i + 1] as number];
      return Math.hypot(x, y);
    });
    // Untrained points lie around the origin, at radii below 0.5.
    expect(mean(radii)).toBeCloseTo(Math.SQRT2, 1);
    expect(radii.filter((r) => Math.abs(r - Math.SQRT2) < 0.2).length).toBeGreaterThan(1600);
    const octants = new Set(
      Array.from(
        { length: 2000 },
        (_, i) =>
          Math.round(
            (Math.atan2(Number(points!.data[2 * i + 1]), Number(points!.data[2 * i])) * 4) / Math.PI,
          ) & 7,
      ),
    );
    expect(octants.size, 'all eight modes').toBe(8);
    await run.dispose();
  });
});
