import {
  type Algorithm,
  createRng,
  type Dataset,
  GanymedeError,
  type Network,
  type Optimizer,
  type State,
} from '@ganymede/core';
import { nonSaturating, r1, wasserstein, weightClipping } from '@ganymede/losses';
import {
  adam,
  consensus,
  dense,
  type Dynamics,
  extragradient,
  inTurn,
  jointLookahead,
  optimisticAdam,
  relu,
  sequential,
  sgd,
  simultaneous,
  spectralNorm,
  symplectic,
  tanh,
  unrolled,
} from '@ganymede/nn';
import { numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { testAlgorithm } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { runStep } from '../test/run-step.js';
import { adversarial } from './adversarial.js';
import type { AdversarialParts } from './adversarial-parts.js';
import { normal } from './latent.js';
import { alternating, wganCritics } from './update-schedule.js';

const numbers: Dataset = {
  summary: 'points',
  length: 64,
  fields: { points: { dtype: 'float32', shape: [2] } },
  read: async (indices) => ({
    points: valueOf(
      Array.from(indices).flatMap((i) => [Math.cos(i), Math.sin(2 * i)]),
      [indices.length, 2],
    ),
  }),
  hash: async () => 'points',
};

const small = (optimizer: () => Optimizer): AdversarialParts => ({
  latent: normal(2),
  generator: sequential(dense(4), tanh(), dense(2)),
  discriminator: sequential(dense(4), tanh(), dense(1)),
  loss: nonSaturating(),
  optimizers: { generator: optimizer(), discriminator: optimizer() },
});

const all: Readonly<Record<string, Dynamics>> = {
  'in turn': inTurn(),
  simultaneous: simultaneous(),
  extragradient: extragradient(),
  consensus: consensus({ strength: 0.5 }),
  symplectic: symplectic(),
  unrolled: unrolled({ steps: 2 }),
  'joint lookahead': jointLookahead({ every: 2, inner: extragradient() }),
};

for (const [name, dynamics] of Object.entries(all)) {
  // Batch statistics, masks and buffers would hide in no corner: spectral norm, a penalty, an average, Adam, a rectifier at 0.
  testAlgorithm({
    name: `a GAN of points, ${name}`,
    data: () => numbers,
    batchSize: 3,
    iterations: 4,
    create: (services) =>
      adversarial(
        {
          ...small(() => adam({ rate: 1e-2, beta1: 0.5 })),
          discriminator: sequential(spectralNorm(dense(4)), relu(), dense(1)),
          regularizers: [r1({ gamma: 0.1 })],
          ema: 0.9,
          dynamics,
        },
        services,
      ),
  });
}

const line = (start: number): Network => ({
  ...dense(1, { bias: false }),
  init: () => ({ kernel: valueOf([start], [1, 1]) }),
});
const scalars: Dataset = {
  ...numbers,
  fields: { points: { dtype: 'float32', shape: [1] } },
};
const real = [1, 3, 2, 6];
const latent = [0.5, -1, 2, 1.5];
const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / x.length;
const weight = (state: State, network: string) => numbersOf(state[`${network}/kernel`] as Value)[0] as number;

/** G(z) = g z and D(x) = d x: L_D = d (g z̄ − x̄), L_G = −d g z̄. */
const lines = (more: Partial<AdversarialParts>): AdversarialParts => ({
  latent: normal(1),
  generator: line(0.8),
  discriminator: line(0.5),
  loss: wasserstein(),
  optimizers: { generator: sgd({ rate: 0.1 }), discriminator: sgd({ rate: 0.2 }) },
  ...more,
});
const train = (parts: AdversarialParts, name = 'train') => {
  const algorithm = adversarial(parts, { data: scalars, batchSize: 4 });
  return runStep(algorithm, name, algorithm.init(createRng(1)), {
    batch: { points: valueOf(real, [4, 1]) },
    noise: { 'noise/latent': latent },
  });
};

describe('dynamics of a GAN', () => {
  const [z, x] = [mean(latent), mean(real)];
  const field = (d: number, g: number) => [g * z - x, -d * z] as const;

  it('simultaneous: the generator learns against the old discriminator', () => {
    const { next } = train(lines({ dynamics: simultaneous() }));
    const [d, g] = field(0.5, 0.8);
    expect(weight(next, 'discriminator')).toBeCloseTo(0.5 - 0.2 * d, 6);
    expect(weight(next, 'generator')).toBeCloseTo(0.8 - 0.1 * g, 6);
  });

  it('extragradient: both learn from where they would be', () => {
    const { next, metric } = train(lines({ dynamics: extragradient() }));
    const [d1, g1] = field(0.5, 0.8);
    const [d2, g2] = field(0.5 - 0.2 * d1, 0.8 - 0.1 * g1);
    expect(weight(next, 'discriminator')).toBeCloseTo(0.5 - 0.2 * d2, 6);
    expect(weight(next, 'generator')).toBeCloseTo(0.8 - 0.1 * g2, 6);
    // Reported is what was lost before the step.
    expect(metric('generatorLoss')).toBeCloseTo(-0.5 * 0.8 * z, 6);
  });

  it('extragradient: a penalty at the look-ahead point is on the slope there alone', () => {
    const { next } = train(lines({ dynamics: extragradient(), regularizers: [r1({ gamma: 3 })] }));
    const [d1, g1] = field(0.5, 0.8);
    // The slope of D is d, its penalty 3/2 d²; that d itself depends on the samples is no slope.
    const ahead = 0.5 - 0.2 * (d1 + 3 * 0.5);
    const [d2] = field(ahead, 0.8 - 0.1 * g1);
    expect(weight(next, 'discriminator')).toBeCloseTo(0.5 - 0.2 * (d2 + 3 * ahead), 6);
  });

  it('consensus: both make the field smaller', () => {
    const { next } = train(lines({ dynamics: consensus({ strength: 2 }) }));
    const [d, g] = field(0.5, 0.8);
    // ½‖v‖² = ½ (g z − x)² + ½ (d z)².
    expect(weight(next, 'discriminator')).toBeCloseTo(0.5 - 0.2 * (d + 2 * 0.5 * z * z), 6);
    expect(weight(next, 'generator')).toBeCloseTo(0.8 - 0.1 * (g + 2 * d * z), 6);
  });

  it('unrolled: the generator sees how the discriminator will answer, and rules for parameters hold on the way', () => {
    const { next } = train(
      lines({ dynamics: unrolled({ steps: 1 }), regularizers: [weightClipping({ low: -9, high: 9 })] }),
    );
    const [d] = field(0.5, 0.8);
    const ahead = 0.5 - 0.2 * d;
    // dL_G/dg = −d₁ z − g z dd₁/dg with dd₁/dg = −0.2 z.
    expect(weight(next, 'generator')).toBeCloseTo(0.8 - 0.1 * (-ahead * z + 0.8 * z * 0.2 * z), 6);
    expect(weight(next, 'discriminator')).toBeCloseTo(0.5 - 0.2 * d, 6);
    const clipped = train(
      lines({ dynamics: unrolled({ steps: 1 }), regularizers: [weightClipping({ low: -0.6, high: 0.6 })] }),
    ).next;
    expect(weight(clipped, 'generator')).toBeCloseTo(0.8 + 0.1 * 0.6 * z, 6);
  });
});

/** The calls of a schedule's first iterations, as `step batch`. */
async function callsOf(algorithm: Algorithm, iterations: number, position = { ...algorithm.start }) {
  const calls: string[] = [];
  let batches = 0;
  const steps = Object.fromEntries(
    Object.keys(algorithm.steps).map((name) => [
      name,
      async (batch?: unknown) => {
        calls.push(`${name} ${String(batch)}`);
        return { step: name, metrics: {}, outputs: {} };
      },
    ]),
  );
  const context = { steps, data: { next: async () => ++batches }, position };
  const schedule = algorithm.schedule(context as never)[Symbol.asyncIterator]();
  for (let i = 0; i < iterations; i++) await schedule.next();
  return calls;
}

describe('schedules of updates', () => {
  const make = (more: Partial<AdversarialParts>) => adversarial(lines(more), { data: scalars, batchSize: 4 });

  it('with dynamics, the last discriminator update and the first generator update are one', async () => {
    const algorithm = make({
      dynamics: extragradient(),
      schedule: alternating({ discriminator: 3, generator: 2 }),
    });
    expect(await callsOf(algorithm, 2)).toEqual([
      ...['discriminator 1', 'discriminator 2', 'train 3', 'generator 3'],
      ...['discriminator 4', 'discriminator 5', 'train 6', 'generator 6'],
    ]);
  });

  it('without, each is updated by itself', async () => {
    const algorithm = make({ schedule: alternating({ discriminator: 1, generator: 2 }) });
    expect(await callsOf(algorithm, 1)).toEqual(['discriminator 1', 'generator 1', 'generator 1']);
  });

  it('of WGAN: 100 critic updates in iterations 0 to 24 and in every 500th, else 5', async () => {
    const algorithm = make({ schedule: alternating({ discriminator: wganCritics() }) });
    const calls = await callsOf(algorithm, 1002);
    const generators = calls.map((call, i) => (call.startsWith('generator') ? i : -1)).filter((i) => i >= 0);
    const critics = generators.map((at, i) => at - (i === 0 ? -1 : (generators[i - 1] as number)) - 1);
    expect(critics.length).toBe(1002);
    const thorough = critics.flatMap((n, i) => (n === 100 ? [i] : []));
    expect(thorough).toEqual([...Array.from({ length: 25 }, (_, i) => i), 500, 1000]);
    expect(critics.filter((n) => n === 5).length).toBe(1002 - 27);
  });

  it('goes on with the iteration that its position says', async () => {
    const algorithm = make({ schedule: alternating({ discriminator: (done) => done + 1 }) });
    expect(algorithm.start).toEqual({ iteration: 0 });
    expect((await callsOf(algorithm, 1, { iteration: 3 })).length).toBe(5);
  });

  it('gives an optimizer shared by two steps one count of updates', () => {
    const rate = (update: number) => 0.1 + update;
    const algorithm = make({
      dynamics: simultaneous(),
      schedule: alternating({ discriminator: 3 }),
      optimizers: { generator: sgd({ rate: 0 }), discriminator: sgd({ rate }) },
    });
    const state = algorithm.init(createRng(1));
    const moved = (name: string, call: number) => {
      const { next } = runStep(algorithm, name, state, {
        batch: { points: valueOf(real, [4, 1]) },
        noise: { 'noise/latent': latent },
        call,
      });
      return (0.5 - weight(next, 'discriminator')) / (0.8 * mean(latent) - mean(real));
    };
    expect(moved('discriminator', 1)).toBeCloseTo(rate(1), 5);
    expect(moved('train', 0)).toBeCloseTo(rate(2), 5);
    expect(moved('discriminator', 2)).toBeCloseTo(rate(3), 4);
  });
});

describe('accumulated gradients', () => {
  const batches = [
    [1, 3, 2, 6],
    [0, -1, 4, 2],
    [5, 2, 1, 1],
  ];
  const latents = [
    [0.5, -1, 2, 1.5],
    [1, 0.25, -0.5, 0],
    [-2, 0.75, 1, 0.125],
  ];

  function accumulated(more: Partial<AdversarialParts>, names: readonly string[]): State {
    const algorithm = adversarial(lines({ accumulate: 3, ema: 0.5, ...more }), {
      data: scalars,
      batchSize: 4,
    });
    let state = algorithm.init(createRng(1));
    for (const name of names) {
      for (const [call, batch] of batches.entries()) {
        const feeds = {
          batch: { points: valueOf(batch, [4, 1]) },
          noise: { 'noise/latent': latents[call] as number[] },
        };
        state = runStep(algorithm, name, state, { ...feeds, call }).next;
      }
    }
    return state;
  }
  function large(more: Partial<AdversarialParts>): State {
    const algorithm = adversarial(lines({ ema: 0.5, ...more }), { data: scalars, batchSize: 12 });
    return runStep(algorithm, 'train', algorithm.init(createRng(1)), {
      batch: { points: valueOf(batches.flat(), [12, 1]) },
      noise: { 'noise/latent': latents.flat() },
    }).next;
  }
  const paths = ['generator/kernel', 'discriminator/kernel', 'average/generator/kernel'];
  const rows: Readonly<Record<string, [Partial<AdversarialParts>, readonly string[]]>> = {
    'in turn': [{}, ['discriminator', 'generator']],
    simultaneously: [{ dynamics: simultaneous() }, ['train']],
    'by optimistic Adam, with a penalty': [
      {
        optimizers: {
          generator: optimisticAdam({ rate: 0.1 }),
          discriminator: optimisticAdam({ rate: 0.1 }),
        },
        regularizers: [r1({ gamma: 0.3 })],
        loss: nonSaturating(),
      },
      ['discriminator', 'generator'],
    ],
  };

  it.each(Object.keys(rows))('%s make the update of the large batch', (name) => {
    const [more, names] = rows[name] as [Partial<AdversarialParts>, readonly string[]];
    const [found, expected] = [accumulated(more, names), large(more)];
    for (const path of paths) {
      const [a, b] = [found, expected].map((state) => numbersOf(state[path] as Value)[0] as number);
      expect(Math.abs((a as number) - (b as number)), path).toBeLessThan(1e-6);
    }
    expect(weight(found, 'generator')).not.toBeCloseTo(0.8, 3);
  });

  it('are taken batch by batch, the generator on those of the discriminator', async () => {
    const algorithm = adversarial(lines({ accumulate: 2, schedule: alternating({ discriminator: 2 }) }), {
      data: scalars,
      batchSize: 4,
    });
    expect(await callsOf(algorithm, 1)).toEqual([
      ...['discriminator 1', 'discriminator 2', 'discriminator 3', 'discriminator 4'],
      ...['generator 3', 'generator 4'],
    ]);
  });

  it('are refused for dynamics that differentiate them', () => {
    expect(() =>
      adversarial(lines({ accumulate: 2, dynamics: consensus() }), { data: scalars, batchSize: 4 }),
    ).toThrow(
      expect.toSatisfy((e) => GanymedeError.is(e, 'GANYMEDE_OPTION') && e.message.includes('consensus')),
    );
  });
});
