import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ort } from '@ganymede/backend-ort';
import {
  buildSampler,
  buildStep,
  createGanymede,
  createRng,
  createStepContext,
  metricInput,
  readOnnx,
  type Run,
} from '@ganymede/core';
import { glyphs } from '@ganymede/data';
import { fromOnnx } from '@ganymede/nn';
import { exportGenerator, sampleArtifact, verifyArtifact } from '@ganymede/serving';
import { grad, graph, input, inputName, numbersOf, type Value } from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import unusualPlugin from './unusual.js';

const ganymede = createGanymede({ plugins: [ort, unusualPlugin] });
const settings = {
  data: glyphs({ count: 512 }),
  options: { width: 8 },
  backend: { id: 'ort', options: { device: 'cpu', threads: 2 } },
  batch: 8,
  seed: 3,
} as const;
let folder = '';
let run: Run;
const file = () => join(folder, 'unusual.onnx');
const weights = (name: string) => readFile(join(folder, name, 'checkpoints/step-000040.safetensors'));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ganymede-unusual-'));
  run = await ganymede.train('@acme/unusual', {
    ...settings,
    steps: 40,
    checkpointEvery: 15,
    out: join(folder, 'whole'),
  });
  await exportGenerator(run, file());
}, 120_000);
afterAll(async () => {
  await run.dispose();
  await rm(folder, { recursive: true, force: true });
});

const apart = (a: Value, b: Value) =>
  Math.max(...numbersOf(a).map((x, i) => Math.abs(x - Number(b.data[i] ?? Number.NaN))));

describe('a GAN of layers that Ganymede does not have', () => {
  it('is made of the operators it is about', () => {
    const [step] = Object.values(run.algorithm.steps);
    const nodes = buildStep(step!, run.state.types).graph.nodes;
    const made = (name: string, attributes: object = {}) =>
      nodes.filter(
        (x) =>
          x.operator.name === name &&
          JSON.stringify({ ...x.attributes, ...attributes }) === JSON.stringify(x.attributes),
      ).length;
    expect(made('Conv', { group: 8, dilations: [2, 2] })).toBeGreaterThan(0);
    expect(made('Pad', { mode: 'reflect' })).toBeGreaterThan(0);
    expect(made('Resize', { mode: 'linear' })).toBeGreaterThan(0);
    for (const name of ['TopK', 'CumSum', 'MatMul', 'Softmax']) expect(made(name), name).toBeGreaterThan(0);
  });

  it('trains: the generator moves towards the data', async () => {
    const mean = async (samples: AsyncIterable<Value>) => {
      for await (const x of samples) return numbersOf(x).reduce((a, b) => a + b, 0) / x.data.length;
      return Number.NaN;
    };
    const { samples, untrained } = await metricInput(run, { seed: 1 });
    const { images } = await run.dataset.read(Array.from({ length: 256 }, (_, i) => i));
    const real = numbersOf(images!).reduce((a, b) => a + b, 0) / images!.data.length;
    const [before, after] = [await mean(untrained!(64)), await mean(samples(64))];
    // Glyphs are mostly dark: that is the first thing a generator learns.
    expect(real).toBeLessThan(-0.5);
    expect(Math.abs(after - real)).toBeLessThan(0.9 * Math.abs(before - real));
  });

  it('resumes to the same bytes', { timeout: 60_000 }, async () => {
    const out = join(folder, 'parts');
    const first = await ganymede.train('@acme/unusual', { ...settings, steps: 15, checkpointEvery: 15, out });
    await first.dispose();
    const second = await ganymede.resume(out, { data: settings.data, steps: 40 });
    expect(second.iteration).toBe(15);
    await second.complete();
    await second.dispose();
    expect(Buffer.compare(await weights('parts'), await weights('whole'))).toBe(0);
  });

  it('exports, verified, and samples as the run does', async () => {
    const { manifest } = await verifyArtifact(file());
    expect(manifest.inputs.map(({ name, shape }) => [name, shape])).toEqual([['latent', ['N', 32]]]);
    const { samples } = await sampleArtifact(file(), { count: 5, seed: 9 });
    const [own] = Object.values(await run.sample({ count: 5, seed: 9 }));
    expect(samples.shape).toEqual([5, 1, 28, 28]);
    expect(apart(samples, own!)).toBeLessThan(1e-5);
  });

  it('comes back from its file: the same images, and the same gradients', async () => {
    const imported = fromOnnx(await readOnnx(file()), { frozen: true });
    const latents = createRng(5).draw([3, 32], { kind: 'normal' });
    const seed = createRng(6).draw([3, 1, 28, 28], { kind: 'normal' });
    const z = input('z', [3, 32]);
    const w = input('w', [3, 1, 28, 28]);
    const { ctx } = createStepContext({ training: false });
    const again = imported.apply({}, z, ctx);
    const program = graph({ outputs: { images: again, slope: grad(again, [z], { seed: w })[0] } });

    const { graph: own } = buildSampler(run.algorithm.sampler, run.state.types, 3);
    const latent = own.inputs.find((x) => inputName(x)?.startsWith('noise/'))!;
    const images = Object.values(own.outputs)[0]!;
    const trained = graph({ outputs: { images, slope: grad(images, [latent], { seed: w })[0] } });

    const state = await run.state.snapshot();
    const compute = async (of: typeof program, feeds: Record<string, Value>) => {
      const executable = await run.backend.compile(of);
      const wanted = executable.inputs.map((name) => [name, feeds[name] ?? state[name]!] as const);
      const results = await executable.run(Object.fromEntries(wanted));
      await executable.dispose();
      return results as Record<'images' | 'slope', Value>;
    };
    const a = await compute(program, { z: latents, w: seed });
    const b = await compute(trained, { [inputName(latent)!]: latents, w: seed });
    expect(apart(a.images, b.images)).toBeLessThan(1e-5);
    const scale = Math.max(...numbersOf(b.slope).map(Math.abs));
    expect(scale).toBeGreaterThan(0.01);
    expect(apart(a.slope, b.slope) / scale).toBeLessThan(1e-5);
  });
});
