import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ort } from '@ganymede/backend-ort';
import { continuous } from '@ganymede/continuous';
import {
  buildSampler,
  createGanymede,
  createRng,
  createStepContext,
  definePlugin,
  flattenTree,
  mapTree,
  readOnnx,
  type Run,
} from '@ganymede/core';
import { arrays, glyphs } from '@ganymede/data';
import { discrete } from '@ganymede/discrete';
import { fromOnnx } from '@ganymede/nn';
import { exportGenerator, sampleArtifact } from '@ganymede/serving';
import {
  evaluate,
  grad,
  input,
  inputName,
  numbersOf,
  type Tensor,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tiny } from '../../../examples/compose/tiny.js';

const composed = definePlugin({ name: '@acme/gans', apiVersion: 1, modules: [tiny] });
const ganymede = createGanymede({ plugins: [ort, continuous, discrete, composed] });
const { ctx } = createStepContext({ training: false });
const common = { batch: 8, seed: 3, backend: { id: 'ort', options: { device: 'cpu', threads: 1 } } } as const;

/** Counting upwards from a random token, modulo 5. */
const tokens = valueOf(
  Array.from({ length: 32 * 4 }, (_, i) => (Math.floor(i / 4) * 3 + (i % 4)) % 5),
  [32, 4],
  'int32',
);

const runs: Readonly<Record<string, () => Promise<Run>>> = {
  dcgan: () =>
    ganymede.train('dcgan', { ...common, data: glyphs({ count: 64 }), options: { width: 4 }, steps: 3 }),
  composed: () =>
    ganymede.train('@acme/composed', {
      ...common,
      data: glyphs({ count: 64 }),
      options: { width: 4 },
      steps: 3,
    }),
  seqgan: () =>
    ganymede.train('seqgan', {
      ...common,
      data: arrays({ tokens }, { classes: { tokens: 5 } }),
      options: {
        embedding: 4,
        hidden: 5,
        pretrain: { epochs: 1 },
        discriminator: { embedding: 3, widths: [1, 2], filters: [3, 2], samples: 16, epochs: 1 },
        rollouts: 2,
        adversarialBatches: 1,
      },
      steps: 3,
    }),
};

const largest = (list: readonly number[]): number => Math.max(0, ...list.map(Math.abs));
const apart = (a: Value, b: Value): number => {
  expect(a.shape).toEqual(b.shape);
  return largest(numbersOf(a).map((x, i) => x - Number(b.data[i])));
};

describe.each(Object.entries(runs))('%s, exported and imported', (name, train) => {
  let folder = '';
  let run: Run;
  const file = () => join(folder, `${name}.onnx`);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ganymede-round-trip-'));
    run = await train();
    await exportGenerator(run, file());
  });
  afterAll(async () => {
    await run?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('has the weights of the run at their paths', async () => {
    const variables = flattenTree(fromOnnx(await readOnnx(file())).variables);
    const state = await run.state.snapshot();
    expect(Object.keys(variables).length).toBeGreaterThan(0);
    for (const [path, value] of Object.entries(variables)) expect(value, path).toEqual(state[path]);
  });

  it('makes the samples that ONNX Runtime makes of the file', async () => {
    const model = await readOnnx(file());
    const [latent] = model.inputs;
    const shape = (latent?.shape ?? []).map((d) => (typeof d === 'number' ? d : 5));
    const kind = name === 'seqgan' ? 'uniform' : 'normal';
    const latents = createRng(4).draw(shape, { kind });
    const { samples } = await sampleArtifact(file(), { count: 5, latents });
    for (const frozen of [true, false]) {
      const network = fromOnnx(model, { frozen });
      const symbols = mapTree(network.variables, (v, path) => input(path, v.shape, v.dtype));
      const y = network.apply(symbols, input('z', shape), ctx);
      const made = evaluate({ y }, { z: latents, ...flattenTree(network.init(createRng(1), shape)) }).y;
      expect(apart(made, samples)).toBeLessThan(name === 'seqgan' ? 1e-9 : 1e-5);
    }
  });

  it('has the gradients of the run, for its latents and all its weights', async ({ skip }) => {
    if (name === 'seqgan') skip('drawn tokens have no gradient');
    const network = fromOnnx(await readOnnx(file()));
    const paths = Object.keys(flattenTree(network.variables));
    const { graph } = buildSampler(run.algorithm.sampler, run.state.types, 2);
    const noise = graph.inputs.find((x) => inputName(x)?.startsWith('noise/')) as Tensor;
    const latents = createRng(5).draw(noise.shape as number[], { kind: 'normal' });
    const images = Object.values(graph.outputs)[0] as Tensor;
    const seed = createRng(6).draw(images.shape as number[], { kind: 'normal' });
    const slopes = (y: Tensor, xs: readonly Tensor[], feeds: Record<string, Value>): Value[] => {
      const w = input('w', y.shape);
      const gradients = grad(y, xs, { seed: w });
      const outputs = Object.fromEntries(gradients.map((g, i) => [String(i), g]));
      return Object.values(evaluate(outputs, { ...feeds, w: seed }));
    };
    const state = await run.state.snapshot();
    const own = paths.map((path) => graph.inputs.find((x) => inputName(x) === path) as Tensor);
    const wanted = slopes(images, [noise, ...own], { ...state, [inputName(noise) as string]: latents });
    const symbols = mapTree(network.variables, (v, path) => input(path, v.shape, v.dtype));
    const z = input('z', noise.shape);
    const again = network.apply(symbols, z, ctx);
    const leaves = flattenTree(symbols);
    const found = slopes(again, [z, ...paths.map((path) => leaves[path] as Tensor)], {
      ...state,
      z: latents,
    });
    for (const [i, g] of wanted.entries()) {
      const scale = Math.max(1e-3, largest(numbersOf(g)));
      expect(apart(found[i] as Value, g) / scale, ['latent', ...paths][i]).toBeLessThan(1e-5);
    }
  });
});
