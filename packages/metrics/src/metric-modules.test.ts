import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ortBackend } from '@ganymede/backend-ort';
import { type Backend, createRng, type Dataset, type MetricInput } from '@ganymede/core';
import { glyphs, world } from '@ganymede/data';
import type { Value } from '@ganymede/tensor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { classes } from './classes.js';
import type { FeatureNetwork } from './feature-network.js';
import { fid } from './fid.js';
import { frechetOfSamples } from './frechet-of-samples.js';
import { modes } from './modes.js';

let cache: string;
let backend: Backend;
const data = glyphs({ count: 4000 });

beforeAll(async () => {
  cache = await mkdtemp(path.join(os.tmpdir(), 'ganymede-metrics-'));
  backend = await ortBackend({ device: 'cpu', threads: 1 });
});
afterAll(async () => {
  await backend.dispose();
  await rm(cache, { recursive: true, force: true });
});

type Samples = MetricInput['samples'];
const inputOf = (dataset: Dataset, samples: Samples, untrained?: Samples): MetricInput => ({
  dataset,
  backend,
  state: {},
  seed: 5,
  samples,
  ...(untrained ? { untrained } : {}),
});

/** Examples of a dataset from `start` on, passed off as generated. */
const examples = (dataset: Dataset, field: string, start = 0, step = 1): Samples =>
  async function* (count) {
    for (let from = 0; from < count; from += 100) {
      const indices = Array.from(
        { length: Math.min(100, count - from) },
        (_, i) => (start + (from + i) * step) % dataset.length,
      );
      yield (await dataset.read(indices))[field] as Value;
    }
  };

/** Grey noise in the shape of the data. */
const noise: Samples = async function* (count, seed = 0) {
  yield createRng(seed).draw([count, 1, 28, 28], { kind: 'uniform', low: -1, high: 1 });
};

const valueOf = (measurements: readonly { name: string; value: number }[], name: string) =>
  measurements.find((m) => m.name === name)?.value ?? Number.NaN;

it('fid: near 0 for the data itself, far for noise, with its provenance', async () => {
  const metric = fid({ count: 1500, classifier: { steps: 150, cache } });
  const own = await metric.measure(inputOf(data, examples(data, 'images', 1), noise));
  expect(own.map(({ name }) => name)).toEqual(['fid', 'fidUntrained', 'fidRatio']);
  expect(valueOf(own, 'fidUntrained')).toBeGreaterThan(20 * valueOf(own, 'fid'));
  expect(valueOf(own, 'fidRatio')).toBeCloseTo(valueOf(own, 'fid') / valueOf(own, 'fidUntrained'), 12);
  expect(own[0]?.provenance).toMatchObject({
    features: 'classifier trained on the data, 64 features',
    classifierAccuracy: expect.any(Number),
    classifierSeed: 1,
    realSamples: 1500,
    generatedSamples: 1500,
    seed: 5,
    data: await data.hash(),
  });
});

it('fid: any feature network, and no labels needed with one', async () => {
  const { labels: _, ...fields } = data.fields;
  const unlabelled: Dataset = { ...data, fields };
  // Two features: the mean of the upper and of the lower half.
  const halves: FeatureNetwork = {
    source: 'mean of halves',
    size: 2,
    async extract(images) {
      const count = images.shape[0] as number;
      const half = images.data.length / count / 2;
      const mean = (at: number) =>
        (images.data as Float32Array).subarray(at, at + half).reduce((a, b) => a + b, 0) / half;
      const rows = Float32Array.from({ length: 2 * count }, (_, i) => mean(i * half));
      return { dtype: 'float32', shape: [count, 2], data: rows };
    },
  };
  const metric = fid({ features: halves, count: 4000 });
  // The whole of the data in another order has the same moments.
  const [own] = await metric.measure(inputOf(unlabelled, examples(unlabelled, 'images', 7, 3)));
  expect(own?.value).toBeLessThan(1e-9);
  expect(own?.provenance).toMatchObject({ features: 'mean of halves', featureCount: 2 });
  const distant = await frechetOfSamples(examples(data, 'images')(500), noise(500), halves);
  expect(distant).toMatchObject({ realCount: 500, fakeCount: 500 });
  expect(distant.distance).toBeGreaterThan(0.1);
  await expect(fid().measure(inputOf(unlabelled, noise))).rejects.toMatchObject({
    code: 'GANYMEDE_NO_LABELS',
  });
});

it('classes: all classes clearly for the data, one class for a collapsed generator', async () => {
  const metric = classes({ classifier: { steps: 150, cache } });
  const own = await metric.measure(inputOf(data, examples(data, 'images', 1)));
  expect(valueOf(own, 'classEntropy')).toBeGreaterThan(2.25);
  expect(valueOf(own, 'confidence')).toBeGreaterThan(0.8);
  expect(own[0]?.provenance).toMatchObject({ generatedSamples: 1000, classes: 10, classifierHeldOut: 800 });
  const collapsed = await metric.measure(inputOf(data, examples(data, 'images', 3, 10)));
  expect(valueOf(collapsed, 'classEntropy')).toBeLessThan(0.6);
});

it('a generator that diverged is named as such', async () => {
  const broken: Samples = async function* (count) {
    yield {
      dtype: 'float32',
      shape: [count, 1, 28, 28],
      data: new Float32Array(count * 784).fill(Number.NaN),
    };
  };
  const metric = classes({ classifier: { steps: 150, cache } });
  await expect(metric.measure(inputOf(data, broken))).rejects.toMatchObject({
    code: 'GANYMEDE_SAMPLES_NON_FINITE',
  });
});

for (const [name, scaling, count] of [
  ['grid', 'veegan', 25],
  ['ring', 'veegan', 8],
  ['grid', 'wgan-gp', 25],
] as const) {
  it(`modes: real points of ${name} (${scaling}) score ${count} and 98.9 %`, async () => {
    const points = world({ name, scaling, count: 50_000 });
    const measured = await modes({ count: 50_000 }).measure(inputOf(points, examples(points, 'points')));
    expect(valueOf(measured, 'modes')).toBe(count);
    // 1 - e^(-9/2); the standard error over 50 000 points is 0.0005.
    expect(Math.abs(valueOf(measured, 'highQuality') - 0.98889)).toBeLessThan(0.0015);
    expect(measured[0]?.provenance).toMatchObject({ modes: count, generatedSamples: 50_000, seed: 5 });
  });
}

it('modes: refuses data without modes, unless they are named', async () => {
  const roll = world({ name: 'swiss-roll', count: 200 });
  const input = inputOf(roll, examples(roll, 'points'));
  await expect(modes().measure(input)).rejects.toMatchObject({ code: 'GANYMEDE_NO_MODES' });
  const [measured] = await modes({ count: 200, centres: [[0, 0]], std: 10 }).measure(input);
  expect(measured?.value).toBe(1);
});
