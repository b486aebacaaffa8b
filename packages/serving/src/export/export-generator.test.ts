import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ort } from '@ganymede/backend-ort';
import { type Algorithm, createGanymede, createRng, defineGan, definePlugin, type Run } from '@ganymede/core';
import { arrays } from '@ganymede/data';
import type { Tensor, Value } from '@ganymede/tensor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleArtifact } from '../artifact/sample-artifact.js';
import { exportGenerator } from './export-generator.js';

/** Moves its generator towards the mean of the data and samples from an average of it: enough of a GAN to export. */
const tiny = defineGan({
  id: '@acme/tiny/tiny',
  summary: 'for tests',
  options: z.strictObject({ decay: z.number().default(0.5) }),
  create: ({ decay }, { batchSize }): Algorithm<'move'> => ({
    steps: {
      move: {
        name: 'move',
        batch: { images: { dtype: 'float32', shape: [batchSize, 1, 2, 2] } },
        program(state, { images }) {
          const mean = (images as Tensor).mean(0).reshape([1, 4]);
          const bias = state.get('generator/bias').mul(0.9).add(mean.mul(0.1));
          const average = state
            .get('average/generator/bias')
            .mul(decay)
            .add(bias.mul(1 - decay));
          return {
            state: { 'generator/bias': bias, 'average/generator/bias': average },
            outputs: { distance: bias.sub(mean).square().mean() },
          };
        },
      },
    },
    sampler: {
      kind: 'images',
      program(state, _inputs, ctx, count) {
        const z = ctx.noise('latent', [count, 4], { kind: 'uniform', low: -1, high: 1 });
        const flat = z.mul(state.get('generator/scale')).add(state.get('average/generator/bias'));
        return { images: flat.tanh().reshape([count, 1, 2, 2]) };
      },
    },
    start: {},
    init: (rng) => {
      const draw = (name: string) => rng.child(name).draw([1, 4], { kind: 'normal' });
      return {
        'generator/scale': draw('scale'),
        'generator/bias': draw('bias'),
        'average/generator/bias': draw('bias'),
      };
    },
    async *schedule({ steps, data }) {
      for (;;) yield await steps.move(await data.next());
    },
  }),
});

const ganymede = createGanymede({
  plugins: [ort, definePlugin({ name: '@acme/tiny', apiVersion: 1, modules: [tiny] })],
});
const images = createRng(1).draw([32, 1, 2, 2], { kind: 'uniform', low: -1, high: 1 });

let folder: string;
let run: Run;
const file = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ganymede-run-export-'));
  run = await ganymede.train('@acme/tiny/tiny', {
    data: arrays({ images }),
    steps: 6,
    batch: 8,
    seed: 4,
    out: file('run'),
    checkpointEvery: 3,
    device: 'cpu',
  });
});
afterAll(async () => {
  await run?.dispose();
  await rm(folder, { recursive: true, force: true });
});

const largest = (a: Value, b: Value) =>
  Math.max(...Array.from(a.data as Float32Array, (x, i) => Math.abs(x - Number(b.data[i]))));

it('exports a live run: its samples, its averaged weights, its provenance', async () => {
  const { manifest } = await exportGenerator(run, file('live.onnx'));
  const expected = (await run.sample({ count: 9, seed: 2 })).images as Value;
  const { samples } = await sampleArtifact(file('live.onnx'), { count: 9, seed: 2 });
  expect(largest(samples, expected)).toBeLessThan(1e-6);
  expect(manifest.inputs).toMatchObject([
    { name: 'latent', shape: ['N', 4], distribution: { kind: 'uniform', low: -1, high: 1 } },
  ]);
  expect(manifest.provenance).toMatchObject({
    algorithm: '@acme/tiny/tiny',
    seed: 4,
    iteration: 6,
    checkpoint: { name: 'step-000006', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    data: { hash: await run.dataset.hash() },
  });
  const text = (await readFile(file('live.onnx'))).toString('latin1');
  expect(text).toContain('average/generator/bias');
  expect(text).not.toMatch(/(?<!average\/)generator\/bias/);
});

it('exports from a folder whose data is gone: the newest checkpoint, the same bytes as the live run', async () => {
  // The dataset was made by hand, so the folder alone cannot bring it back.
  const { manifest } = await exportGenerator({ folder: file('run'), ganymede }, file('saved.onnx'));
  expect(manifest.provenance.iteration).toBe(6);
  await exportGenerator(run, file('live.onnx'));
  expect(await readFile(file('saved.onnx'))).toEqual(await readFile(file('live.onnx')));
});

it('exports a named checkpoint', async () => {
  const saved = { folder: file('run'), checkpoint: 'step-000003', ganymede };
  const { manifest } = await exportGenerator(saved, file('earlier.onnx'));
  expect(manifest.provenance).toMatchObject({ iteration: 3, checkpoint: { name: 'step-000003' } });
  const { samples } = await sampleArtifact(file('earlier.onnx'), { count: 2, seed: 2 });
  expect(largest(samples, (await run.sample({ count: 2, seed: 2 })).images as Value)).toBeGreaterThan(1e-4);
  const missing = exportGenerator({ ...saved, checkpoint: 'step-000099' }, file('missing.onnx'));
  await expect(missing).rejects.toMatchObject({ code: 'GANYMEDE_UNKNOWN_CHECKPOINT' });
});
