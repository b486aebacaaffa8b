import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ort } from '@ganymede/backend-ort';
import { adversarial, normal } from '@ganymede/continuous';
import { createGanymede, createRng, defineGan, definePlugin, type Run, type State } from '@ganymede/core';
import { arrays } from '@ganymede/data';
import { hinge } from '@ganymede/losses';
import { selfAttention, sgd, spectralNorm } from '@ganymede/nn';
import { exportGenerator, sampleArtifact } from '@ganymede/serving';
import { numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  conditionalResnet,
  projectionDiscriminator,
  resnetGenerator,
} from '../../../examples/compose/conditional-resnet.js';

const classes = 3;
const batch = 6;
const labels = valueOf([0, 1, 2, 0, 1, 2], [batch], 'int32');
const images = createRng(1).draw([batch, 3, 32, 32], { kind: 'uniform', low: -1, high: 1 });
const data = arrays({ images, labels }, { classes: { labels: classes } });

/** The networks of the example, with plain gradient descent of rate 1: an update is a gradient. */
const plain = defineGan({
  id: '@acme/plain',
  summary: 'for the gradients of one step',
  options: z.strictObject({}),
  create: (_, services) =>
    adversarial(
      {
        latent: normal(8),
        conditions: { label: 'labels' },
        generator: resnetGenerator(8, classes),
        discriminator: projectionDiscriminator(
          16,
          classes,
          selfAttention({ wrap: spectralNorm, gammaInit: 0.1 }),
        ),
        loss: hinge(),
        optimizers: { generator: sgd({ rate: 1 }), discriminator: sgd({ rate: 1 }) },
      },
      services,
    ),
});
const modules = [conditionalResnet, plain];
const ganymede = createGanymede({
  plugins: [ort, definePlugin({ name: '@acme/gans', apiVersion: 1, modules })],
});
const common = {
  data,
  batch,
  seed: 3,
  steps: 1,
  backend: { id: 'ort', options: { device: 'cpu', threads: 1 } },
} as const;

let folder = '';
const runs: Run[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ganymede-conditional-'));
});
afterAll(async () => {
  for (const run of runs) await run.dispose();
  await rm(folder, { recursive: true, force: true });
});
const keep = (run: Run): Run => {
  runs.push(run);
  return run;
};

describe('a conditional residual GAN with spectral normalization', { timeout: 300_000 }, () => {
  it('has finite gradients in one step, none of them 0 but those that a normalization takes away', async () => {
    const run = keep(await ganymede.train('@acme/plain', { ...common, options: {} }));
    const before: State = run.algorithm.init(createRng(3).child('init'));
    const after = await run.state.snapshot();
    const buffers = /\/(u|mean|variance)$/;
    // What is added to a whole channel before the last normalization is taken away by it.
    const still = /^generator\/block\d\/(conv\d|shortcut)\/bias$/;
    const lengths = Object.entries(before)
      .filter(([path]) => /^(generator|discriminator)\//.test(path) && !buffers.test(path))
      .map(([path, value]) => {
        const next = numbersOf(after[path] as Value);
        return [path, Math.hypot(...numbersOf(value).map((x, i) => x - (next[i] as number)))] as const;
      });
    expect(lengths.length).toBeGreaterThan(60);
    const lengthOf = new Map(lengths);
    for (const [path, length] of lengths) {
      expect(Number.isFinite(length), `gradient of ${path}`).toBe(true);
      // float32 leaves a rest of what cancels.
      const kernel = lengthOf.get(path.replace(/bias$/, 'kernel')) as number;
      if (still.test(path)) expect(length / kernel, path).toBeLessThan(1e-4);
      else expect(length, path).toBeGreaterThan(1e-6);
    }
    expect(lengths.filter(([path]) => still.test(path))).toHaveLength(9);
  });

  it('trains, exports with its labels, and the file makes the samples of the run', async () => {
    const options = { generatorWidth: 8, discriminatorWidth: 8, classes, steps: 10 };
    const run = keep(await ganymede.train('@acme/conditional-resnet', { ...common, options }));
    const file = join(folder, 'generator.onnx');
    const { manifest } = await exportGenerator(run, file);
    expect(manifest.inputs.map(({ name, dtype, shape }) => ({ name, dtype, shape }))).toEqual([
      { name: 'latent', dtype: 'float32', shape: ['N', 128] },
      { name: 'labels', dtype: 'int32', shape: ['N'] },
    ]);
    const asked = { count: batch, seed: 5, inputs: { labels } };
    const mine = (await run.sample(asked)).images as Value;
    const { samples } = await sampleArtifact(file, asked);
    const worst = Math.max(...numbersOf(samples).map((x, i) => Math.abs(x - Number(mine.data[i]))));
    expect(worst).toBeLessThan(1e-5);
    const others = { ...asked, inputs: { labels: valueOf([1, 2, 0, 1, 2, 0], [batch], 'int32') } };
    const changed = (await run.sample(others)).images as Value;
    expect(Math.max(...numbersOf(changed).map((x, i) => Math.abs(x - Number(mine.data[i]))))).toBeGreaterThan(
      1e-6,
    );
  });
});
