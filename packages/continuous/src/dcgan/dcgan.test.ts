import { readFileSync } from 'node:fs';
import {
  type Algorithm,
  buildStep,
  createRng,
  type Dataset,
  GanymedeError,
  type State,
} from '@ganymede/core';
import { evaluate, scalarOf, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { dcgan } from './dcgan.js';

interface Case {
  readonly size: number;
  readonly channels: number;
  readonly width: number;
  readonly latent: number;
  readonly batch: number;
  readonly steps: readonly { readonly discriminatorLoss: number; readonly generatorLoss: number }[];
  readonly generator: readonly (readonly [sum: number, squares: number])[];
  readonly discriminator: readonly (readonly [sum: number, squares: number])[];
}
/** Made by PyTorch: fixtures/dcgan-steps.py. */
const { cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/dcgan-steps.json', import.meta.url), 'utf8'),
) as { cases: readonly Case[] };

/** The fixture's element formula. */
function formula(shape: readonly number[], phase: number, scale: number): Value {
  const length = shape.reduce((a, b) => a * b, 1);
  return valueOf(
    Float64Array.from({ length }, (_, i) => scale * Math.sin(0.37 * i + phase)),
    shape,
  );
}

const images = (channels: number, height: number, width = height): Dataset => ({
  summary: 'images for a test',
  length: 64,
  fields: { images: { dtype: 'float32', shape: [channels, height, width] } },
  read: async () => ({}),
  hash: async () => '',
});

/** Every kernel by the formula, phases counting up from `phase` within each network. */
function fill(state: State, network: string, phase: number): State {
  const kernels = Object.keys(state).filter(
    (path) => path.startsWith(`${network}/`) && path.endsWith('/kernel'),
  );
  return {
    ...state,
    ...Object.fromEntries(kernels.map((path, i) => [path, formula(state[path]!.shape, phase + i, 0.2)])),
  };
}

const moments = (x: Value): [number, number] => {
  const data = Array.from(x.data as Float32Array);
  return [data.reduce((a, b) => a + b, 0), data.reduce((a, b) => a + b * b, 0)];
};

describe('dcgan', () => {
  it.each(cases)('does two steps as PyTorch does, $size pixels, $channels channels', (given) => {
    const { size, channels, width, latent, batch } = given;
    const algorithm: Algorithm = dcgan(
      { width, latent, generatorRate: 2e-4 },
      { data: images(channels, size), batchSize: batch },
    );
    let state = fill(fill(algorithm.init(createRng(1)), 'generator', 0.1), 'discriminator', 0.5);
    const program = buildStep(algorithm.steps.train!, state);
    for (const [t, losses] of given.steps.entries()) {
      const feeds: Record<string, Value> = {
        ...state,
        'batch/images': formula([batch, channels, size, size], 0.3 + t, 1),
        ...Object.fromEntries(program.noise.map(({ name }) => [name, formula([batch, latent], 0.7 + t, 1)])),
        ...Object.fromEntries(program.scalars.map(({ name, value }) => [name, valueOf(value as number)])),
      };
      const results = evaluate(program.graph, feeds);
      expect(scalarOf(results['output/discriminatorLoss']!)).toBeCloseTo(losses.discriminatorLoss, 4);
      expect(scalarOf(results['output/generatorLoss']!)).toBeCloseTo(losses.generatorLoss, 4);
      state = {
        ...state,
        ...Object.fromEntries(program.writes.map((path) => [path, results[`next/${path}`]!])),
      };
    }
    for (const network of ['generator', 'discriminator'] as const) {
      // PyTorch lists kernel, scale and bias in layer order, as our state does without running statistics.
      const paths = Object.keys(state).filter(
        (path) => path.startsWith(`${network}/`) && !/\/(mean|variance)$/.test(path),
      );
      expect(paths.length).toBe(given[network].length);
      for (const [i, [sum, squares]] of given[network].entries()) {
        const [ours, oursSquared] = moments(state[paths[i]!]!);
        expect(Math.abs(ours - sum), `${paths[i]} sum`).toBeLessThan(2e-4);
        expect(Math.abs(oursSquared - squares), `${paths[i]} squares`).toBeLessThan(2e-4);
      }
    }
  });

  it('has the layers of the reference at width 64: 0.9 million parameters at 28 pixels', () => {
    const state = dcgan({}, { data: images(1, 28), batchSize: 4 }).init(createRng(1));
    const count = (network: string) =>
      Object.entries(state)
        .filter(([path]) => path.startsWith(`${network}/`) && !/\/(mean|variance)$/.test(path))
        .reduce((total, [, { data }]) => total + data.length, 0);
    // Linear 100x6272, BN 2x6272, deconv 128x64x16, BN 2x64, deconv 64x16; conv 64x16, conv 64x128x16, BN 2x128, linear 6272.
    expect(count('generator')).toBe(627200 + 12544 + 131072 + 128 + 1024);
    expect(count('discriminator')).toBe(1024 + 131072 + 256 + 6272);
  });

  it('draws initial kernels from N(0, 0.02)', () => {
    const state = dcgan({}, { data: images(1, 28), batchSize: 4 }).init(createRng(3));
    const [sum, squares] = moments(state['generator/dense1/kernel']!);
    expect(Math.abs(sum / 627200)).toBeLessThan(1e-4);
    expect(Math.sqrt(squares / 627200)).toBeCloseTo(0.02, 4);
  });

  it.each([
    [images(1, 30), 'GANYMEDE_IMAGE_SIZE'],
    [images(3, 64, 32), 'GANYMEDE_IMAGE_SIZE'],
    [
      { ...images(1, 28), fields: { points: { dtype: 'float32', shape: [2] } } } as Dataset,
      'GANYMEDE_DATA_FIELD',
    ],
  ])('refuses data it cannot make (%#)', (data, code) => {
    expect(() => dcgan({}, { data, batchSize: 4 })).toThrow(expect.objectContaining({ code }));
    expect(GanymedeError.is(null)).toBe(false);
  });
});
