import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ortBackend } from '@ganymede/backend-ort';
import { type Backend, compileSampler, createRng, type Executable } from '@ganymede/core';
import { type GanymedeError, type Value, valueOf } from '@ganymede/tensor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  conditionalSampler,
  conditionalState,
  imageSampler,
  imageState,
  sourceOf,
  tokenSampler,
  tokenState,
} from '../../test/tiny-generators.js';
import { openArtifact } from '../artifact/open-artifact.js';
import { openOnnx } from '../artifact/onnx-session.js';
import { readSignature } from '../artifact/onnx-signature.js';
import { sampleArtifact } from '../artifact/sample-artifact.js';
import { toNchw } from '../artifact/to-nchw.js';
import { exportSampler } from './export-sampler.js';

let folder: string;
let backend: Backend;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ganymede-export-'));
  backend = await ortBackend({ device: 'cpu', threads: 1 });
});
afterAll(async () => {
  await backend.dispose();
  await rm(folder, { recursive: true, force: true });
});

const largest = (a: Value, b: Value) =>
  Math.max(...Array.from(a.data as Float32Array, (x, i) => Math.abs(x - Number(b.data[i]))));

/** The samples that a run draws: core's sampler on the training backend. */
async function trained(sampler = imageSampler(), state = imageState(), count = 5, seed = 9): Promise<Value> {
  const compiled = await compileSampler(sampler, state, backend, 4);
  const made = await compiled.sample({
    state: new Map(Object.entries(state)),
    count,
    rng: createRng(seed).child('sample'),
  });
  await compiled.dispose();
  return Object.values(made)[0] as Value;
}

it('writes a verified file and its manifest', async () => {
  const file = path.join(folder, 'images.onnx');
  const { manifest } = await exportSampler(sourceOf(imageSampler(), imageState(), backend), file);
  expect(manifest).toMatchObject({
    kind: 'images',
    layout: 'NCHW',
    inputs: [
      {
        name: 'latent',
        dtype: 'float32',
        shape: ['N', 6],
        role: 'latent',
        distribution: { kind: 'normal' },
        stream: 'noise/z',
      },
    ],
    outputs: [{ name: 'images', dtype: 'float32', shape: ['N', 1, 4, 4], range: [-1, 1] }],
    onnx: { opset: 17, irVersion: 8 },
    provenance: { algorithm: '@acme/tiny/tiny', seed: 3, iteration: 10 },
  });
  expect(manifest.verification.comparisons.map(({ batch }) => batch)).toEqual([1, 7, 64, 1]);
  expect(manifest.verification.comparisons[3]?.against).toBe('reference interpreter');
  expect(manifest.verification.maxAbsolute).toBeLessThan(1e-5);
  expect((await readdir(folder)).filter((name) => name.startsWith('images'))).toEqual([
    'images.onnx',
    'images.onnx.json',
  ]);
});

it('keeps only what the generator needs, under the names of its variables', async () => {
  const file = path.join(folder, 'names.onnx');
  await exportSampler(sourceOf(imageSampler(), imageState(), backend), file);
  const { bytes } = await openArtifact(file);
  const text = Buffer.from(bytes).toString('latin1');
  expect(text).toContain('generator/dense/kernel');
  expect(text).not.toContain('discriminator');
  expect(text).not.toContain('optimizer');
  expect(readSignature(file, bytes).inputs).toEqual([{ name: 'latent', dtype: 'float32', shape: ['N', 6] }]);
});

it('the same weights give the same bytes', async () => {
  const [a, b] = ['a.onnx', 'b.onnx'].map((name) => path.join(folder, name)) as [string, string];
  for (const file of [a, b]) await exportSampler(sourceOf(imageSampler(), imageState(), backend), file);
  expect(await readFile(a)).toEqual(await readFile(b));
});

it('samples what the run samples for the same seed, whatever the count', async () => {
  const file = path.join(folder, 'seeds.onnx');
  await exportSampler(sourceOf(imageSampler(), imageState(), backend), file);
  const { samples } = await sampleArtifact(file, { count: 5, seed: 9 });
  expect(samples.shape).toEqual([5, 1, 4, 4]);
  expect(largest(samples, await trained())).toBeLessThan(1e-6);
  const many = await sampleArtifact(file, { count: 70, seed: 9 });
  expect(largest(samples, many.samples)).toBeLessThan(1e-6);
  const given = createRng(9).child('sample').child('noise/z').draw([5, 6], { kind: 'normal' });
  const own = await sampleArtifact(file, { count: 5, latents: given });
  expect(largest(own.samples, samples)).toBe(0);
});

it('NHWC on request: the same pixels in another order', async () => {
  const file = path.join(folder, 'nhwc.onnx');
  const source = sourceOf(imageSampler(3), imageState(3), backend);
  const { manifest } = await exportSampler(source, file, { layout: 'NHWC' });
  expect(manifest.outputs[0]?.shape).toEqual(['N', 4, 4, 3]);
  const { samples } = await sampleArtifact(file, { count: 5, seed: 9 });
  expect(samples.shape).toEqual([5, 4, 4, 3]);
  expect(largest(toNchw(samples, 'NHWC'), await trained(imageSampler(3), imageState(3)))).toBeLessThan(1e-6);
});

it('conditions, several latents and further outputs keep readable names', async () => {
  const file = path.join(folder, 'conditional.onnx');
  const { manifest } = await exportSampler(sourceOf(conditionalSampler, conditionalState, backend), file);
  expect(manifest.inputs.map(({ name, role }) => [name, role])).toEqual([
    ['z', 'latent'],
    ['grain', 'latent'],
    ['labels', 'condition'],
  ]);
  expect(manifest.inputs[2]?.classes).toBe(3);
  expect(manifest.outputs.map(({ name }) => name)).toEqual(['images', 'energy']);
  const conditions = { labels: valueOf([2, 2], [2], 'int32') };
  const chosen = await sampleArtifact(file, { count: 2, seed: 1, conditions });
  const cycling = await sampleArtifact(file, { count: 2, seed: 1 });
  expect(chosen.outputs.energy?.shape).toEqual([2]);
  expect(largest(chosen.samples, cycling.samples)).toBeGreaterThan(0.01);
});

it('token models: whole numbers, equal to the run', async () => {
  const file = path.join(folder, 'tokens.onnx');
  const { manifest } = await exportSampler(sourceOf(tokenSampler, tokenState, backend), file);
  expect(manifest).toMatchObject({
    kind: 'tokens',
    outputs: [{ name: 'tokens', dtype: 'int32', shape: ['N', 3] }],
  });
  expect(manifest.verification.maxAbsolute).toBe(0);
  const { samples } = await sampleArtifact(file, { count: 40, seed: 2 });
  expect(samples.data).toEqual((await trained(tokenSampler, tokenState, 40, 2)).data);
});

/** A backend whose results are a little off. */
const wrong = (by: number): Backend => ({
  ...backend,
  summary: 'wrong',
  async compile(graph, options) {
    const inner: Executable = await backend.compile(graph, options);
    return {
      ...inner,
      inputs: inner.inputs,
      outputs: inner.outputs,
      nodes: inner.nodes,
      dispose: () => inner.dispose(),
      async run(feeds) {
        const results = await inner.run(feeds);
        for (const value of Object.values(results)) ((value as Value).data as Float32Array)[0]! += by;
        return results;
      },
    };
  },
});

it('writes nothing where the file would differ from the trainer', async () => {
  const file = path.join(folder, 'mismatch.onnx');
  const fails = (by: number) =>
    exportSampler(sourceOf(imageSampler(), imageState(), wrong(by)), file).then(
      () => undefined,
      (error: unknown) => error as GanymedeError,
    );
  const error = await fails(2e-5);
  expect(error?.code).toBe('GANYMEDE_EXPORT_MISMATCH');
  expect(error?.data).toMatchObject({ batch: 1, limit: 1e-5 });
  expect((await fails(Number.NaN))?.code).toBe('GANYMEDE_EXPORT_MISMATCH');
  expect((await readdir(folder)).filter((name) => name.startsWith('mismatch'))).toEqual([]);
});

it('leaves nothing behind where the folder cannot be written', async () => {
  const file = path.join(folder, 'missing', 'g.onnx');
  await expect(exportSampler(sourceOf(imageSampler(), imageState(), backend), file)).rejects.toMatchObject({
    code: 'GANYMEDE_WRITE',
  });
});

it('refuses a sampler that reads a number which changes over time', async () => {
  const sampler = imageSampler();
  const fading = {
    ...sampler,
    program: (...[state, inputs, ctx, batch]: Parameters<typeof sampler.program>) => {
      const { images } = sampler.program(state, inputs, ctx, batch);
      return { images: images!.mul(ctx.scalar('alpha', (call) => call)) };
    },
  };
  const error = exportSampler(sourceOf(fading, imageState(), backend), path.join(folder, 'fading.onnx'));
  await expect(error).rejects.toMatchObject({ code: 'GANYMEDE_EXPORT_SCALAR' });
});

it('passes onnx.checker with full type and shape inference', async (ctx) => {
  const python = '/usr/bin/python3';
  const run = promisify(execFile);
  const present = await run(python, ['-c', 'import onnx']).then(
    () => true,
    () => false,
  );
  if (!present) return ctx.skip("needs Debian's python3-onnx: apt-get install python3-onnx");
  for (const [name, sampler, state] of [
    ['checked-images', imageSampler(), imageState()],
    ['checked-conditional', conditionalSampler, conditionalState],
    ['checked-tokens', tokenSampler, tokenState],
  ] as const) {
    const file = path.join(folder, `${name}.onnx`);
    await exportSampler(sourceOf(sampler, state, backend), file);
    const script =
      'import onnx, sys; onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True); print("checked")';
    expect((await run(python, ['-c', script, file])).stdout.trim()).toBe('checked');
  }
});

it('runs without Ganymede: the file alone, by ONNX Runtime', async () => {
  const file = path.join(folder, 'alone.onnx');
  await exportSampler(sourceOf(imageSampler(), imageState(), backend), file);
  const session = await openOnnx(await readFile(file));
  const latent = createRng(9).child('sample').child('noise/z').draw([5, 6], { kind: 'normal' });
  const { images } = await session.run({ latent });
  expect(largest(images as Value, await trained())).toBeLessThan(1e-6);
  await session.close();
});
