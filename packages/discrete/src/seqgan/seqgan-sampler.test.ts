import { ortBackend } from '@ganymede/backend-ort';
import { buildSampler, createRng, drawNoise, toHost } from '@ganymede/core';
import { evaluate, numbersOf, type Value } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { tokenDataset } from '../oracle/oracle-sequences.js';
import { seqgan } from './seqgan.js';

it('samples any number of sequences from one exported program, the same as at a fixed size', async () => {
  const data = tokenDataset(new Int32Array(64 * 4), { length: 4, vocabulary: 100, summary: 'zeros' });
  const { sampler, init } = seqgan(
    { initialDeviation: 1, discriminator: { widths: [1], filters: [2] } },
    { data, batchSize: 64 },
  );
  const state = init(createRng(3));
  const types = Object.fromEntries(
    Object.entries(state).map(([path, { dtype, shape }]) => [path, { dtype, shape }]),
  );
  const program = buildSampler(sampler, types, 'N');
  expect(program.graph.outputs.tokens?.shape).toEqual(['N', 4]);
  expect(program.noise.map(({ name, shape }) => [name, shape])).toEqual([
    ['noise/generator/uniform', ['N', 4]],
  ]);

  const backend = await ortBackend({ device: 'cpu' });
  const executable = await backend.compile(program.graph);
  for (const rows of [1, 7, 64]) {
    const noise = drawNoise(program, createRng(4), rows);
    const fixed = evaluate(buildSampler(sampler, types, rows).graph, { ...state, ...noise });
    const feeds = Object.fromEntries(
      executable.inputs.map((name) => [name, noise[name] ?? (state[name] as Value)]),
    );
    const { tokens } = await executable.run(feeds);
    const drawn = await toHost(tokens as Value);
    expect(drawn.shape).toEqual([rows, 4]);
    expect(numbersOf(drawn)).toEqual(numbersOf(fixed.tokens as Value));
  }
  await backend.dispose();
});
