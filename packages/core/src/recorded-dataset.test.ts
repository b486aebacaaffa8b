import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constant, value } from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Algorithm } from './algorithm.js';
import { createGanymede } from './create-ganymede.js';
import type { Dataset } from './dataset.js';
import { defineAlgorithm, defineDataset } from './define-module.js';
import { GanymedeError } from './index.js';
import { referenceBackend } from './reference-backend.js';

let moved = false;
const numbers = defineDataset({
  id: '@test/pack/numbers',
  summary: 'numbers',
  options: z.strictObject({}),
  create: async (): Promise<Dataset> => {
    if (moved) throw new GanymedeError('GANYMEDE_DATA_MISSING', { message: 'no numbers here' });
    return {
      summary: 'four numbers',
      length: 4,
      fields: { points: { dtype: 'float32', shape: [1] } },
      read: async (indices) => ({
        points: value('float32', [indices.length, 1], Float32Array.from(Array.from(indices))),
      }),
      hash: async () => 'abc',
    };
  },
});
const counter = defineAlgorithm({
  id: '@test/pack/counter',
  summary: 'counts',
  options: z.strictObject({}),
  create: (): Algorithm => ({
    steps: {
      add: {
        name: 'add',
        batch: {},
        program: (state) => ({ state: { count: state.get('count').add(1) } }),
      },
    },
    sampler: {
      kind: 'points',
      program: (state, _inputs, _ctx, batch) => ({
        points: state
          .get('count')
          .reshape([1, 1])
          .expand([batch, 2])
          .add(constant([0, 1])),
      }),
    },
    start: {},
    init: () => ({ count: value('float32', [], new Float32Array(1)) }),
    async *schedule({ steps }) {
      for (;;) yield await (steps.add as NonNullable<typeof steps.add>)();
    },
  }),
});
const plugin = { name: 'test', apiVersion: 1, modules: [numbers, counter, referenceBackend] } as const;
const ganymede = createGanymede({ plugins: [plugin] });

let folder = '';
beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'ganymede-')), 'run');
  const run = await ganymede.train('@test/pack/counter', {
    data: numbers(),
    steps: 3,
    batch: 2,
    out: folder,
  });
  await run.dispose();
});
afterAll(() => rm(join(folder, '..'), { recursive: true, force: true }));

describe('a run whose data is gone', () => {
  it('is opened with the dataset that its config describes', async () => {
    moved = true;
    const run = await ganymede.open(folder);
    expect(run.dataset.summary).toBe('four numbers');
    expect(run.dataset.length).toBe(4);
    expect(run.dataset.fields).toEqual({ points: { dtype: 'float32', shape: [1] } });
    expect(await run.dataset.hash()).toBe('abc');
    const { points } = await run.sample({ count: 2 });
    expect(Array.from(points?.data as Float32Array)).toEqual([3, 4, 3, 4]);
    const error: unknown = await run.dataset.read([0]).catch((thrown: unknown) => thrown);
    expect(GanymedeError.is(error, 'GANYMEDE_RESUME_DATA')).toBe(true);
    expect((error as Error).message).toContain('GANYMEDE_DATA_MISSING: no numbers here');
    await run.dispose();
  });

  it('is not resumed without it', async () => {
    moved = true;
    await expect(ganymede.resume(folder, { steps: 5 })).rejects.toMatchObject({
      code: 'GANYMEDE_DATA_MISSING',
    });
    moved = false;
    const run = await ganymede.resume(folder, { steps: 5 });
    await run.complete();
    expect(run.iteration).toBe(5);
    await run.dispose();
  });
});
