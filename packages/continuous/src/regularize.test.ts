import {
  buildStep,
  createRng,
  flattenTree,
  type Dataset,
  type Regularizer,
  type Rng,
  type State,
} from '@ganymede/core';
import {
  gradientPenalty,
  lecam,
  pathLength,
  relaxedWasserstein,
  wasserstein,
  weightClipping,
} from '@ganymede/losses';
import { dense, sgd } from '@ganymede/nn';
import { evaluate, filled, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { adversarial } from './adversarial.js';
import type { AdversarialParts } from './adversarial-parts.js';
import { normal } from './latent.js';

const numbers: Dataset = {
  summary: 'numbers',
  length: 8,
  fields: { points: { dtype: 'float32', shape: [1] } },
  read: async () => ({}),
  hash: async () => '',
};
const real = [1, 3, 2, 6];
const latent = [0.5, -1, 2, 1.5];
const column = (x: readonly number[]) => valueOf(x, [x.length, 1]);
const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / x.length;
const line = (start: number) => ({
  ...dense(1, { bias: false }),
  init: (_rng: Rng) => ({ kernel: valueOf([start], [1, 1]) }),
});

/** One step of G(z) = 0.8 z and D(x) = 0.5 x, and the state after it. */
function run(
  more: Partial<AdversarialParts>,
  start: State = {},
  noise: Readonly<Record<string, Value>> = {},
) {
  const parts: AdversarialParts = {
    latent: normal(1),
    generator: line(0.8),
    discriminator: line(0.5),
    loss: wasserstein(),
    optimizers: { generator: sgd({ rate: 0.1 }), discriminator: sgd({ rate: 0.2 }) },
    ...more,
  };
  const algorithm = adversarial(parts, { data: numbers, batchSize: 4 });
  const state = { ...algorithm.init(createRng(1)), ...start };
  const program = buildStep(algorithm.steps.train, state);
  const drawn = program.noise.map(({ name, shape }) => [name, noise[name] ?? filled(shape as number[], 0.5)]);
  const results = evaluate(program.graph, {
    ...state,
    'batch/points': column(real),
    ...Object.fromEntries(drawn),
    'noise/latent': column(latent),
    ...Object.fromEntries(program.scalars.map(({ name, value }) => [name, valueOf(value as number)])),
  });
  const at = (path: string) => Number(results[`next/${path}`]?.data[0]);
  const metric = (name: string) => Number(results[`output/${name}`]?.data[0]);
  return { state, at, metric, writes: program.writes };
}

describe('regularizers in an adversarial algorithm', () => {
  const d = 0.5 - 0.2 * (0.8 * mean(latent) - mean(real));

  it('keep their state in the run, each its own', () => {
    const { state, at, writes } = run(
      { regularizers: [lecam({ decay: 0.9 }), lecam({ decay: 0.5 })] },
      { 'regularizer/lecam2/real': filled([], 4) },
    );
    const paths = ['lecam/real', 'lecam/fake', 'lecam2/real', 'lecam2/fake'].map(
      (path) => `regularizer/${path}`,
    );
    expect(Object.keys(state)).toEqual(expect.arrayContaining(paths));
    expect(writes).toEqual(expect.arrayContaining(paths));
    expect(at('regularizer/lecam/real')).toBeCloseTo(0.1 * 0.5 * mean(real), 6);
    expect(at('regularizer/lecam2/real')).toBeCloseTo(0.5 * 4 + 0.5 * 0.5 * mean(real), 6);
    expect(at('regularizer/lecam2/fake')).toBeCloseTo(0.5 * 0.5 * 0.8 * mean(latent), 6);
  });

  it('project the parameters after each update, and the generator sees those', () => {
    const { at } = run({ regularizers: [weightClipping({ high: 0.6 }), gradientPenalty({ weight: 1e-9 })] });
    expect(d).toBeGreaterThan(0.6);
    expect(at('discriminator/kernel')).toBeCloseTo(0.6, 6);
    expect(at('generator/kernel')).toBeCloseTo(0.8 + 0.1 * 0.6 * mean(latent), 6);
  });

  it('of the generator see its latents, and the discriminator’s loss does not have their term', () => {
    // Jᵀy is 0.8 y for every latent; with y = ±1 the lengths are equal to their average from the second step on.
    const noise = { 'noise/path-length/direction': column([1, -1, 1, -1]) };
    const { at, metric } = run(
      { regularizers: [pathLength({ weight: 3, decay: 0.5 })] },
      { 'regularizer/path-length/length': filled([], 2) },
      noise,
    );
    const average = 0.5 * 2 + 0.5 * 0.8;
    expect(at('regularizer/path-length/length')).toBeCloseTo(average, 6);
    expect(metric('generatorLoss')).toBeCloseTo(-d * 0.8 * mean(latent) + 3 * (0.8 - average) ** 2, 5);
    expect(metric('discriminatorLoss')).toBeCloseTo(0.5 * (0.8 * mean(latent) - mean(real)), 6);
    expect(at('generator/kernel')).toBeCloseTo(0.8 + 0.1 * (d * mean(latent) - 3 * 2 * (0.8 - average)), 5);
  });

  it('losses see samples', () => {
    const { metric } = run({ loss: relaxedWasserstein() });
    const potential = real.map((x) => 0.5 * x);
    const fake = latent.map((z) => 0.8 * z);
    const conjugates = fake.map((y) =>
      Math.min(...real.map((x, i) => (x - y) ** 2 / 2 - (potential[i] as number))),
    );
    expect(metric('discriminatorLoss')).toBeCloseTo(-mean(potential) - mean(conjugates), 5);
  });

  it('of a plugin may ask for the parameters', () => {
    const weights: Regularizer = {
      name: 'weights',
      penalty: ({ params = {} }) => (flattenTree(params).kernel as Tensor).square().sum(),
    };
    const { at } = run({ regularizers: [weights] });
    expect(at('discriminator/kernel')).toBeCloseTo(d - 0.2 * 2 * 0.5, 6);
  });
});
