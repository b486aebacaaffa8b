import {
  type Algorithm,
  compileSampler,
  conditionAt,
  createRng,
  createStateReader,
  type Dataset,
  GanymedeError,
  type LossInput,
  type Network,
  referenceBackend,
  type State,
  withConditions,
} from '@ganymede/core';
import { auxiliaryClassifier, projectionLogits, semiSupervised, wasserstein } from '@ganymede/losses';
import { compose, dense, embedding, expose, sequential, sgd, stateless } from '@ganymede/nn';
import { concat, numbersOf, oneHot, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, testAlgorithm } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { runStep } from '../test/run-step.js';
import { adversarial } from './adversarial.js';
import type { AdversarialParts } from './adversarial-parts.js';
import { normal } from './latent.js';

const batchSize = 4;
const ints = (x: readonly number[]) => valueOf(x, [x.length], 'int32');
const points = (x: readonly number[]) => valueOf(x, [x.length, 1]);
const real = [1, 3, -2, 6];
const labels = [0, 1, 1, 0];
const latent = [0.5, -1, 2, 1.5];

const data: Dataset = {
  summary: 'numbers of two classes',
  length: 8,
  fields: {
    points: { dtype: 'float32', shape: [1] },
    labels: { dtype: 'int32', shape: [], classes: 2 },
    labelled: { dtype: 'float32', shape: [1] },
  },
  read: async (indices) => {
    const list = Array.from(indices);
    return {
      points: points(list.map((i) => Math.sin(i) + (i % 2))),
      labels: ints(list.map((i) => i % 2)),
      labelled: points(list.map((i) => Math.cos(i))),
    };
  },
  hash: async () => 'numbers',
};

/** x -> x · table[label]. */
const byClass = (table: readonly number[]): Network => ({
  name: 'byClass',
  buffers: [],
  init: () => ({ table: valueOf(table, [table.length, 1]) }),
  apply: (variables, x, ctx) => x.mul((variables.table as Tensor).gather(conditionAt(ctx, 'label'))),
});
const line = (start: number, units = 1): Network => ({
  ...dense(units, { bias: false }),
  init: () => ({ kernel: valueOf(Array<number>(units).fill(start), [1, units]) }),
});
const parts: AdversarialParts = {
  latent: normal(1),
  generator: byClass([0.8, 2]),
  discriminator: line(0.5),
  loss: wasserstein(),
  optimizers: { generator: sgd({ rate: 0.1 }), discriminator: sgd({ rate: 0.2 }) },
  conditions: { label: 'labels' },
};
const make = (more: Partial<AdversarialParts> = {}): Algorithm =>
  adversarial({ ...parts, ...more }, { data, batchSize });
const batch = { points: points(real), labels: ints(labels), labelled: points([2, -1, 0.5, 1]) };
const train = (algorithm: Algorithm, state: State) =>
  runStep(algorithm, 'train', state, { batch, noise: { 'noise/latent': latent } });
const numbersAt = (state: State, path: string) => numbersOf(state[path] as Value);
const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / x.length;

/** −mean log softmax of rows at their labels. */
const crossEntropy = (rows: readonly (readonly number[])[], of: readonly number[]) =>
  mean(
    rows.map(
      (row, i) => Math.log(row.reduce((s, l) => s + Math.exp(l), 0)) - (row[of[i] as number] as number),
    ),
  );

describe('a conditional GAN', () => {
  it('tells generator and discriminator the class, and learns each class by itself', () => {
    // D(x | c) = w x + b_c.
    const discriminator: Network = {
      name: 'd',
      buffers: [],
      init: () => ({ w: valueOf([0.5], [1, 1]), b: valueOf([0.1, -0.3], [2, 1]) }),
      apply: (v, x, ctx) => x.mul(v.w as Tensor).add((v.b as Tensor).gather(conditionAt(ctx, 'label'))),
    };
    const algorithm = make({ discriminator });
    const { next, metric } = train(algorithm, algorithm.init(createRng(1)));
    const fake = latent.map((z, i) => z * ([0.8, 2][labels[i] as number] as number));
    const w = 0.5 - 0.2 * (mean(fake) - mean(real));
    expect(numbersAt(next, 'discriminator/w')[0]).toBeCloseTo(w, 6);
    // The biases of real and generated samples of one class cancel: they have the same labels.
    expect(numbersAt(next, 'discriminator/b')[0]).toBeCloseTo(0.1, 6);
    expect(metric('realLogit')).toBeCloseTo(mean(real.map((x, i) => 0.5 * x + [0.1, -0.3][labels[i]!]!)), 6);
    // ∂L_G/∂table[c] = −w' Σ z [label = c] / batch.
    const table = numbersAt(next, 'generator/table');
    expect(table[0]).toBeCloseTo(0.8 + (0.1 * w * (0.5 + 1.5)) / 4, 6);
    expect(table[1]).toBeCloseTo(2 + (0.1 * w * (-1 + 2)) / 4, 6);
  });

  it('judges any samples, told their classes', () => {
    const discriminator: Network = {
      name: 'd',
      buffers: [],
      init: () => ({ w: valueOf([0.5], [1, 1]), b: valueOf([0.1, -0.3], [2, 1]) }),
      apply: (v, x, ctx) => x.mul(v.w as Tensor).add((v.b as Tensor).gather(conditionAt(ctx, 'label'))),
    };
    const { discriminate, conditions, init } = make({ discriminator });
    expect(conditions).toEqual({ label: { dtype: 'int32', shape: ['N'] } });
    const bench = createWorkbench({ dtype: 'float32' });
    const state = init(createRng(1));
    for (const [path, v] of Object.entries(state)) bench.symbol(path, v);
    const reader = createStateReader(state, 'the test');
    const x = bench.symbol('x', points([1, 3, -2]));
    const told = withConditions(bench.ctx, { label: bench.symbol('labels', ints([0, 1, 1])) });
    const [logits] = bench.evaluate([discriminate?.(reader, x, told) as Tensor]).map(numbersOf);
    expect(logits).toEqual([0.5 + 0.1, 1.5 - 0.3, -1 - 0.3].map((l) => expect.closeTo(l, 6)));
    expect(() => discriminate?.(reader, x, bench.ctx)).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_CONDITION' }),
    );
  });

  it('samples the class it is asked for, and draws classes where it is not', async () => {
    const algorithm = make();
    const state = algorithm.init(createRng(1));
    const sampler = await compileSampler(algorithm.sampler, state, await referenceBackend(), 64);
    const draw = async (inputs?: Readonly<Record<string, Value>>) => {
      const asked = { state: new Map(Object.entries(state)), count: 64, rng: createRng(5) };
      return numbersOf((await sampler.sample(inputs ? { ...asked, inputs } : asked)).points as Value);
    };
    const [zero, one] = [
      await draw({ labels: ints(Array(64).fill(0)) }),
      await draw({ labels: ints(Array(64).fill(1)) }),
    ];
    for (const [i, x] of zero.entries()) expect((one[i] as number) / x).toBeCloseTo(2 / 0.8, 4);
    const drawn = await draw();
    const ones = drawn.filter((x, i) => x === one[i]).length;
    expect(drawn.every((x, i) => x === one[i] || x === zero[i])).toBe(true);
    expect(ones).toBeGreaterThan(20);
    expect(ones).toBeLessThan(44);
    await sampler.dispose();
  });

  it('hands the auxiliary classifier its logits and labels', () => {
    const discriminator = sequential(expose('classes', line(0.7, 2)), line(0.5));
    const classes = {
      ...expose('classes', line(0.7, 2)),
      init: () => ({ kernel: valueOf([0.7, -0.2], [1, 2]) }),
    };
    const algorithm = make({
      discriminator: sequential(classes, line(0.5)),
      loss: auxiliaryClassifier({ adversarial: 'wasserstein', weight: 3 }),
    });
    expect(discriminator.name).toBe('block');
    const { next, metric } = train(algorithm, algorithm.init(createRng(1)));
    const fake = latent.map((z, i) => z * ([0.8, 2][labels[i] as number] as number));
    const rows = (x: readonly number[]) => x.map((y) => [0.7 * y, -0.2 * y]);
    const d = 0.5 * (mean(fake) - mean(real));
    expect(metric('discriminatorLoss')).toBeCloseTo(
      d + 3 * (crossEntropy(rows(real), labels) + crossEntropy(rows(fake), labels)),
      4,
    );
    const kernel = numbersAt(next, 'discriminator/expose1/kernel');
    expect(kernel[0]).not.toBeCloseTo(0.7, 3);
    const after = fake.map((y) => kernel.map((k) => k * y));
    const w = numbersAt(next, 'discriminator/dense1/kernel')[0] as number;
    expect(metric('generatorLoss')).toBeCloseTo(-w * mean(fake) + 3 * crossEntropy(after, labels), 4);
  });

  it('hands a semi-supervised loss the samples whose classes are known', () => {
    const { conditions, ...unconditional } = parts;
    expect(conditions).toBeDefined();
    const algorithm = adversarial(
      {
        ...unconditional,
        generator: line(0.8),
        discriminator: sequential(expose('features'), {
          ...line(0, 2),
          init: () => ({ kernel: valueOf([0.5, -1], [1, 2]) }),
        }),
        loss: semiSupervised(),
        labelled: { samples: 'labelled', labels: 'labels' },
      },
      { data, batchSize },
    );
    expect(Object.keys(algorithm.steps.train.batch)).toEqual(['points', 'labelled', 'labels']);
    const { metric } = train(algorithm, algorithm.init(createRng(1)));
    const rows = (x: readonly number[]) => x.map((y) => [0.5 * y, -y]);
    const lse = (x: readonly number[]) => rows(x).map((r) => Math.log(Math.exp(r[0]!) + Math.exp(r[1]!)));
    const softplus = (x: number) => Math.log(1 + Math.exp(x));
    const fake = latent.map((z) => 0.8 * z);
    expect(metric('discriminatorLoss')).toBeCloseTo(
      crossEntropy(rows([2, -1, 0.5, 1]), labels) +
        0.5 * mean(lse(real).map((z) => softplus(-z))) +
        0.5 * mean(lse(fake).map(softplus)),
      5,
    );
    // Feature matching on the exposed features, which are the samples.
    expect(metric('generatorLoss')).toBeCloseTo((mean(real) - mean(fake)) ** 2, 4);
  });

  it('gives the loss the labels of both sides', () => {
    const seen: LossInput[] = [];
    const spy = wasserstein();
    const algorithm = make({
      loss: {
        ...spy,
        discriminator(r, f, input) {
          seen.push(input ?? {});
          return spy.discriminator(r, f);
        },
      },
    });
    train(algorithm, algorithm.init(createRng(1)));
    expect(seen[0]?.labels?.real).toBe(seen[0]?.labels?.fake);
    expect(seen[0]?.labels?.real?.shape).toEqual([batchSize]);
  });

  it('refuses a condition that the data does not have', () => {
    expect(() => make({ conditions: { label: 'classes' } })).toThrow(
      expect.toSatisfy((e) => GanymedeError.is(e, 'GANYMEDE_DATA_FIELD') && e.message.includes('classes')),
    );
  });
});

// A concatenated one-hot label in the generator, a projection in the discriminator (Miyato and Koyama 2018).
testAlgorithm({
  name: 'a conditional GAN',
  data: () => data,
  batchSize: 2,
  create: (services) =>
    adversarial(
      {
        latent: normal(2),
        generator: compose({ out: dense(1) }, (net, z, ctx) =>
          net.out(concat([z, oneHot(conditionAt(ctx, 'label'), 2)], 1)),
        ),
        discriminator: compose(
          { body: dense(3), logit: dense(1), classes: embedding(2, 3), cut: stateless('cut', (x) => x) },
          (net, x, ctx) => {
            const features = net.body(x);
            const classVectors = net.classes(conditionAt(ctx, 'label'));
            return net.cut(projectionLogits({ logits: net.logit(features), features, classVectors }));
          },
        ),
        loss: wasserstein(),
        optimizers: { generator: sgd({ rate: 0.1 }), discriminator: sgd({ rate: 0.1 }) },
        conditions: { label: 'labels' },
      },
      services,
    ),
});
