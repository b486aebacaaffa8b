import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ortBackend } from '@ganymede/backend-ort';
import type { Backend } from '@ganymede/core';
import { glyphs, world } from '@ganymede/data';
import type { Value } from '@ganymede/tensor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trainClassifier } from './train-classifier.js';

let cache: string;
let backend: Backend;
const data = glyphs({ count: 3000 });
const options = { steps: 120, batchSize: 32, features: 32 };

beforeAll(async () => {
  cache = await mkdtemp(path.join(os.tmpdir(), 'ganymede-classifier-'));
  backend = await ortBackend({ device: 'cpu', threads: 1 });
});
afterAll(async () => {
  await backend.dispose();
  await rm(cache, { recursive: true, force: true });
});

const first = async (count: number): Promise<Value> =>
  (await data.read(Array.from({ length: count }, (_, i) => i))).images as Value;

it('learns the glyphs, exposes probabilities and features for any batch size', async () => {
  const classifier = await trainClassifier(data, backend, { ...options, cache });
  expect(classifier.accuracy).toBeGreaterThan(0.85);
  expect(classifier.provenance).toMatchObject({
    classifierAccuracy: classifier.accuracy,
    classifierSeed: 1,
    classifierHeldOut: 600,
    classifierData: await data.hash(),
  });
  for (const count of [1, 30]) {
    const images = await first(count);
    const probabilities = await classifier.probabilities(images);
    expect(probabilities.shape).toEqual([count, 10]);
    const sums = Array.from({ length: count }, (_, row) =>
      (probabilities.data as Float32Array).subarray(row * 10, (row + 1) * 10).reduce((a, b) => a + b, 0),
    );
    for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
    expect((await classifier.features.extract(images)).shape).toEqual([count, 32]);
  }
  await classifier.dispose();
});

it('is deterministic, and quick the second time', async () => {
  const images = await first(8);
  const features = async (options: Parameters<typeof trainClassifier>[2]) => {
    const classifier = await trainClassifier(data, backend, options);
    const { data: x } = await classifier.features.extract(images);
    await classifier.dispose();
    return x;
  };
  const short = { ...options, steps: 5 };
  const fresh = await features({ ...short, cache: false });
  expect(await features({ ...short, cache: false })).toEqual(fresh);
  expect(await features({ ...short, cache })).toEqual(fresh);
  expect(await features({ ...short, cache })).toEqual(fresh);
  expect(await features({ ...short, cache, seed: 2 })).not.toEqual(fresh);
  expect((await readdir(cache)).filter((name) => name.endsWith('.safetensors'))).toHaveLength(3);
});

it('a spoiled cache costs the training, nothing else', async () => {
  const short = { ...options, steps: 5, seed: 7, cache };
  const one = await trainClassifier(data, backend, short);
  for (const name of await readdir(cache)) await writeFile(path.join(cache, name), 'spoiled');
  const two = await trainClassifier(data, backend, short);
  expect(two.accuracy).toBe(one.accuracy);
  await Promise.all([one.dispose(), two.dispose()]);
});

it('says what to do without labels, and without images', async () => {
  const { labels: _, ...fields } = data.fields;
  const unlabelled = { ...data, fields };
  await expect(trainClassifier(unlabelled, backend)).rejects.toMatchObject({
    code: 'GANYMEDE_NO_LABELS',
    hint: expect.stringContaining('--data'),
  });
  await expect(trainClassifier(world({ count: 100 }), backend)).rejects.toMatchObject({
    code: 'GANYMEDE_NO_IMAGES',
  });
});
