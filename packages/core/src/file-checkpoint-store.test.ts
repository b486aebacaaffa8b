import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GanymedeError, valueOf } from '@ganymede/tensor';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CheckpointMeta, loadCheckpoint } from './checkpoint.js';
import { fileCheckpointStore } from './file-checkpoint-store.js';
import { memoryCheckpointStore } from './memory-checkpoint-store.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ganymede-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const meta = (iteration: number): CheckpointMeta => ({
  iteration,
  position: { round: iteration },
  data: { epoch: 1, batch: 2 },
  calls: { step: iteration },
  seed: 3,
  algorithm: { id: '@acme/gans/test', options: { width: 4 } },
  dataset: 'none',
  backend: 'reference',
  versions: {},
  seconds: 1.5,
});
const state = (x: number) => ({ 'generator/w': valueOf([x, x + 0.5]), count: valueOf(x, [], 'int32') });
const ids = (...iterations: number[]) => iterations.map((i) => `step-${String(i).padStart(6, '0')}`);

async function refusal(work: Promise<unknown>): Promise<GanymedeError> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!GanymedeError.is(error)) throw error ?? new Error('no error');
  return error;
}

describe('fileCheckpointStore', () => {
  it('gives back what was saved', async () => {
    const store = fileCheckpointStore(folder);
    expect(await store.list()).toEqual([]);
    expect(await loadCheckpoint(store)).toBeUndefined();
    expect(await store.save(meta(200), state(1))).toBe('step-000200');
    expect((await readdir(folder)).sort()).toEqual(['step-000200.json', 'step-000200.safetensors']);
    expect(await store.load('step-000200')).toEqual({ id: 'step-000200', meta: meta(200), state: state(1) });
    expect((await loadCheckpoint(store))?.id).toBe('step-000200');
  });

  it('keeps the last ones, in the order of their iterations', async () => {
    const store = fileCheckpointStore(folder, { keep: 2 });
    for (const i of [999_999, 1_000_000, 1_000_001]) await store.save(meta(i), state(i));
    expect(await store.list()).toEqual(ids(1_000_000, 1_000_001));
    expect((await readdir(folder)).length).toBe(4);
    const one = fileCheckpointStore(join(folder, 'one'), { keep: 0 });
    await one.save(meta(1), state(1));
    expect(await one.list()).toEqual(ids(1));
  });

  it('replaces a checkpoint of the same iteration, and forgets later ones', async () => {
    const store = fileCheckpointStore(folder);
    for (const i of [1, 2, 3]) await store.save(meta(i), state(i));
    await store.save(meta(2), state(20));
    expect(await store.list()).toEqual(ids(1, 2));
    expect((await store.load('step-000002')).state).toEqual(state(20));
    expect((await readdir(folder)).length).toBe(4);
  });

  it('sweeps away what a killed process left', async () => {
    const store = fileCheckpointStore(folder);
    await store.save(meta(1), state(1));
    await writeFile(join(folder, '.tmp-step-000002.safetensors-77-0'), 'half');
    await writeFile(join(folder, 'step-000002.safetensors'), 'whole, but without its manifest');
    expect(await store.list()).toEqual(ids(1));
    await store.save(meta(2), state(2));
    expect((await readdir(folder)).length).toBe(4);
    expect((await store.load('step-000002')).state).toEqual(state(2));
  });

  const tensorFile = () => join(folder, 'step-000003.safetensors');
  const manifest = () => join(folder, 'step-000003.json');
  it.each<[string, () => Promise<unknown>, string]>([
    ['truncated tensors', () => truncate(tensorFile(), 40), 'bytes, but has 40'],
    [
      'one altered bit',
      async () => {
        const bytes = await readFile(tensorFile());
        bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
        await writeFile(tensorFile(), bytes);
      },
      'SHA-256',
    ],
    ['missing tensors', () => rm(tensorFile()), 'cannot be read'],
    ['a truncated manifest', () => truncate(manifest(), 100), 'not JSON'],
    ['an empty manifest', () => truncate(manifest(), 0), 'not JSON'],
    [
      'an altered manifest',
      async () =>
        writeFile(manifest(), (await readFile(manifest(), 'utf8')).replace('"seed": 3', '"seed": 4')),
      'checksum',
    ],
  ])('refuses %s by name and offers the one before', async (_, spoil, what) => {
    const store = fileCheckpointStore(folder);
    for (const i of [1, 2, 3]) await store.save(meta(i), state(i));
    await spoil();
    const error = await refusal(loadCheckpoint(store));
    expect(error.code).toBe('GANYMEDE_CHECKPOINT_CORRUPT');
    expect(error.message).toContain('"step-000003"');
    expect(error.message).toContain(what);
    expect(error.hint).toContain("{ checkpoint: 'step-000002' }");
    expect((await loadCheckpoint(store, 'step-000002'))?.state).toEqual(state(2));
    expect((await loadCheckpoint(store, 'previous'))?.id).toBe('step-000002');
  });

  it('passes over spoiled ones when it offers, and says so when none is left', async () => {
    const store = fileCheckpointStore(folder);
    for (const i of [1, 2, 3]) await store.save(meta(i), state(i));
    for (const i of [2, 3]) await truncate(join(folder, `step-00000${i}.safetensors`), 9);
    expect((await refusal(loadCheckpoint(store))).data.previous).toBe('step-000001');
    await truncate(join(folder, 'step-000001.safetensors'), 9);
    expect((await refusal(loadCheckpoint(store))).hint).toContain('no earlier checkpoint');
  });

  it('keeps the spoiled one out of the way of new ones', async () => {
    const store = fileCheckpointStore(folder);
    for (const i of [1, 2, 3]) await store.save(meta(i), state(i));
    await truncate(tensorFile(), 9);
    await store.save(meta(3), state(30));
    expect((await store.load('step-000003')).state).toEqual(state(30));
  });

  it('refuses an id that is not there', async () => {
    const store = fileCheckpointStore(folder);
    await store.save(meta(1), state(1));
    const error = await refusal(loadCheckpoint(store, 'step-000009'));
    expect(error.code).toBe('GANYMEDE_UNKNOWN_CHECKPOINT');
    expect(error.message).toContain('known: step-000001');
    expect((await refusal(loadCheckpoint(store, 'previous'))).code).toBe('GANYMEDE_UNKNOWN_CHECKPOINT');
  });
});

describe('memoryCheckpointStore', () => {
  it('keeps copies', async () => {
    const store = memoryCheckpointStore({ keep: 2 });
    const live = state(1);
    await store.save(meta(1), live);
    (live['generator/w'].data as Float32Array)[0] = 99;
    expect((await store.load('step-000001')).state).toEqual(state(1));
    for (const i of [2, 3]) await store.save(meta(i), state(i));
    expect(await store.list()).toEqual(ids(2, 3));
    expect((await refusal(store.load('x'))).code).toBe('GANYMEDE_UNKNOWN_CHECKPOINT');
  });
});
