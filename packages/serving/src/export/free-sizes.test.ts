import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ortBackend } from '@ganymede/backend-ort';
import { type Backend, compileSampler, createRng, readOnnx, type Sampler, type State } from '@ganymede/core';
import {
  constant,
  conv,
  convTranspose,
  evaluate,
  leakyRelu,
  resizeNearest,
  type Tensor,
  type Value,
} from '@ganymede/tensor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sourceOf } from '../../test/tiny-generators.js';
import { sampleArtifact } from '../artifact/sample-artifact.js';
import { verifyArtifact } from '../artifact/verify-artifact.js';
import { exportSampler } from './export-sampler.js';

const rng = createRng(3).child('free');
const weights = (name: string, shape: readonly number[]) =>
  rng.child(name).draw(shape, { kind: 'normal', std: 0.2 });

/** Doubles images of any height and width that are even: down and up again, noise added, beside the enlarged image. */
const enlarging: Sampler = {
  kind: 'images',
  inputs: { small: { dtype: 'float32', shape: ['N', 3, 'H*2', 'W*2'] } },
  program(state, { small }, ctx, batch) {
    const x = small as Tensor;
    const grain = ctx.noise('grain', [batch, 1, 'H*2', 'W*2'], { kind: 'normal', std: 0.1 });
    const down = leakyRelu(conv(x, state.get('down'), { strides: 2, pads: 1 }), 0.2);
    const up = convTranspose(down, state.get('up'), { strides: 2, pads: 1 });
    return { images: resizeNearest(up.add(x).add(grain), 2).tanh() };
  },
};
const state: State = { down: weights('down', [4, 3, 4, 4]), up: weights('up', [4, 3, 4, 4]) };

let folder: string;
let backend: Backend;
const file = () => path.join(folder, 'enlarge.onnx');
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ganymede-free-'));
  backend = await ortBackend({ device: 'cpu', threads: 1 });
});
afterAll(async () => {
  await backend.dispose();
  await rm(folder, { recursive: true, force: true });
});

const largest = (a: Value, b: Value) =>
  Math.max(...Array.from(a.data as Float32Array, (x, i) => Math.abs(x - Number(b.data[i]))));
const imagesOf = (count: number, height: number, width: number) =>
  rng.child(`${height}`).draw([count, 3, height, width], { kind: 'uniform', low: -1, high: 1 });

it('exports a fully convolutional network for any height and width, verified at three of them', async () => {
  const { manifest } = await exportSampler(sourceOf(enlarging, state, backend), file());
  expect(manifest.inputs.map(({ name, shape }) => [name, shape])).toEqual([
    ['latent', ['N', 1, 'H*2', 'W*2']],
    ['small', ['N', 3, 'H*2', 'W*2']],
  ]);
  expect(manifest.outputs[0]?.shape).toEqual(['N', 3, 'H*4', 'W*4']);
  expect(manifest.verification.comparisons.map(({ batch, sizes }) => [batch, sizes])).toEqual([
    [1, { H: 12, W: 16 }],
    [7, { H: 15, W: 9 }],
    [64, { H: 8, W: 8 }],
    [1, { H: 12, W: 16 }],
  ]);
  await verifyArtifact(file());
});

it('samples what the sampler does on the training backend, at sizes that nobody tried before', async () => {
  for (const [height, width] of [
    [4, 10],
    [22, 2],
  ] as const) {
    const small = imagesOf(3, height, width);
    const { samples } = await sampleArtifact(file(), { count: 3, seed: 5, conditions: { small } });
    expect(samples.shape).toEqual([3, 3, 2 * height, 2 * width]);
    const compiled = await compileSampler(enlarging, state, backend, 3);
    const own = await compiled.sample({
      state: new Map(Object.entries(state)),
      count: 3,
      rng: createRng(5).child('sample'),
      inputs: { small },
    });
    await compiled.dispose();
    expect(largest(own.images as Value, samples)).toBeLessThan(1e-6);
  }
});

it('refuses sizes that do not fit together, and asks for those it cannot know', async () => {
  const refused = async (request: Parameters<typeof sampleArtifact>[1]) =>
    sampleArtifact(file(), request).then(
      () => 'nothing',
      (error: { code?: string; message: string }) => `${error.code}: ${error.message}`,
    );
  expect(await refused({ count: 1, conditions: { small: imagesOf(1, 5, 4) } })).toMatch(
    /^GANYMEDE_SAMPLE_INPUT: input "small": expected .*\[1, 3, H\*2, W\*2\]/,
  );
  const latents = rng.child('grain').draw([1, 1, 4, 6], { kind: 'normal' });
  expect(await refused({ count: 1, latents, conditions: { small: imagesOf(1, 4, 4) } })).toMatch(
    /^GANYMEDE_SAMPLE_INPUT: input "small"/,
  );
  expect(await refused({ count: 1 })).toMatch(/^GANYMEDE_SAMPLE_INPUT: the size of "H\*2"/);
});

it('is read back with its names, and built at any size', async () => {
  const model = await readOnnx(file());
  expect(model.build().outputs.images?.shape).toEqual(['N', 3, 'H*4', 'W*4']);
  const [small, grain] = [imagesOf(1, 6, 4), rng.child('grain').draw([1, 1, 6, 4], { kind: 'normal' })];
  const { images } = model.build({ inputs: { small: constant(small), latent: constant(grain) } }).outputs;
  const { images: made } = evaluate({ images: images as Tensor }, model.initializers);
  const { samples } = await sampleArtifact(file(), { count: 1, latents: grain, conditions: { small } });
  expect(made.shape).toEqual([1, 3, 12, 8]);
  expect(largest(made, samples)).toBeLessThan(1e-6);
});
