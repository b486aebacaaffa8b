import { readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { GanymedeError, numbersOf, type Value } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { createGanymede } from '../src/create-ganymede.js';
import { encodeSafetensors } from '../src/safetensors.js';
import { memoryCheckpointStore } from '../src/memory-checkpoint-store.js';
import { memorySink } from '../src/memory-sink.js';
import { readEvents } from '../src/jsonl-sink.js';
import { referenceBackend } from '../src/reference-backend.js';
import type { Run } from '../src/run.js';
import { temporaryFolder } from './temporary-folder.js';
import { line, reference, toy, toys } from './toy.js';

const ganymede = createGanymede({ plugins: [reference, toys] });
const settings = { data: line(), batch: 4, seed: 7, steps: 12 } as const;
const folder = temporaryFolder();

const bytes = async (run: Run): Promise<string> =>
  Buffer.from(encodeSafetensors(await run.state.snapshot())).toString('hex');
const typesOf = async (file: string): Promise<string[]> => {
  const types: string[] = [];
  for await (const event of readEvents(file))
    types.push(event.type === 'step' ? `step ${event.iteration}` : event.type);
  return types;
};
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (GanymedeError.is(error) ? error.code : String(error)),
  );

describe('a run', () => {
  it('trains, tells and ends, the same for the same seed', async () => {
    const sink = memorySink();
    const run = await ganymede.train('@acme/toy/gan', { ...settings, sinks: [sink] });
    const again = await ganymede.train('@acme/toy/gan', settings);
    const other = await ganymede.train('@acme/toy/gan', { ...settings, seed: 8 });
    expect([run.iteration, run.status]).toEqual([12, 'ended']);
    expect(await bytes(again)).toBe(await bytes(run));
    expect(await bytes(other)).not.toBe(await bytes(run));
    expect((await run.state.get('count')).data[0]).toBe(24);
    expect(numbersOf(await run.state.get('generator/mean'))).not.toEqual([0, 0]);
    expect(sink.events.map((e) => e.type)).toEqual([
      'start',
      'compiled',
      'compiled',
      ...Array(12).fill('step'),
      'checkpoint',
      'end',
    ]);
    const steps = sink.events.filter((e) => e.type === 'step');
    expect(steps.map((e) => e.iteration)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(Object.keys(steps[0]?.metrics ?? {})).toEqual(['loss']);
    for (const r of [run, again, other]) await r.dispose();
  });

  it('waits for the caller, who may leave and come back', async () => {
    const run = await ganymede.start('@acme/toy/gan', settings);
    for await (const event of run.advance()) if (event.type === 'step' && event.iteration === 3) break;
    expect([run.iteration, run.status]).toEqual([3, 'ready']);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(run.iteration).toBe(3);
    await run.complete();
    const straight = await ganymede.train('@acme/toy/gan', settings);
    expect(await bytes(run)).toBe(await bytes(straight));
  });

  it('samples the same points whatever the batch and the count', async () => {
    const run = await ganymede.train('@acme/toy/gan', settings);
    const draw = async (count: number, batch: number, seed = 3) =>
      numbersOf((await run.sample({ count, batch, seed })).points as Value);
    const ten = await draw(10, 10);
    expect(ten.length).toBe(20);
    expect(await draw(10, 4)).toEqual(ten);
    expect(await draw(10, 64)).toEqual(ten);
    expect((await draw(13, 5)).slice(0, 20)).toEqual(ten);
    expect(await draw(10, 4, 4)).not.toEqual(ten);
    expect(await codeOf(run.sample({ count: 0 }))).toBe('GANYMEDE_SAMPLE_COUNT');
  });

  it('samples and saves while it trains, without disturbing it', async () => {
    const out = join(folder(), 'run');
    const run = await ganymede.start('@acme/toy/gan', { ...settings, out });
    const training = run.complete();
    const [samples, id] = await Promise.all([run.sample({ count: 2, seed: 0 }), run.checkpoint()]);
    await training;
    expect(samples.points?.shape).toEqual([2, 2]);
    expect(id).toMatch(/^step-0000/);
    const straight = await ganymede.train('@acme/toy/gan', settings);
    expect(await bytes(run)).toBe(await bytes(straight));
    await run.dispose();
    expect(await codeOf(run.sample({ count: 1 }))).toBe('GANYMEDE_RUN_DISPOSED');
  });

  it('keeps config, events and checkpoints in its folder, and resumes to the same bytes', async () => {
    const out = join(folder(), 'run');
    const run = await ganymede.start('@acme/toy/gan', { ...settings, out, checkpointEvery: 4 });
    for await (const event of run.advance()) if (event.iteration === 6) break;
    await run.dispose(); // As after a kill: iterations 5 and 6 are in the log, not in a checkpoint.
    expect((await readdir(out)).sort()).toEqual(['checkpoints', 'config.json', 'events.jsonl']);
    const resumed = await ganymede.resume(out);
    expect(resumed.iteration).toBe(4);
    expect(await codeOf(ganymede.resume(out))).toBe('GANYMEDE_RUN_LOCKED');
    await resumed.complete();
    const straight = await ganymede.train('@acme/toy/gan', settings);
    expect(await bytes(resumed)).toBe(await bytes(straight));
    const steps = [...Array(12).keys()].map((i) => `step ${i + 1}`);
    expect((await typesOf(join(out, 'events.jsonl'))).filter((t) => t.startsWith('step'))).toEqual(steps);
    await resumed.dispose();
    expect((await readdir(join(out, 'checkpoints'))).filter((name) => name.endsWith('.json')).sort()).toEqual(
      ['step-000004.json', 'step-000008.json', 'step-000012.json'],
    );
    expect(JSON.parse(await readFile(join(out, 'config.json'), 'utf8'))).toMatchObject({
      algorithm: { id: '@acme/toy/gan', options: {} },
      dataset: { source: { id: '@acme/toy/line', options: { length: 20, seed: 1 } }, hash: 'line-20-1' },
      backend: { id: '@ganymede/core/reference' },
      batch: 4,
      seed: 7,
      steps: 12,
    });
  });

  it('resumes an ended run to a later end', async () => {
    const out = join(folder(), 'run');
    await (await ganymede.train('@acme/toy/gan', { ...settings, out, steps: 5 })).dispose();
    const resumed = await ganymede.resume(out, { steps: 12 });
    await resumed.complete();
    expect(await bytes(resumed)).toBe(await bytes(await ganymede.train('@acme/toy/gan', settings)));
  });

  it('refuses a spoiled checkpoint, and goes on from the one before', async () => {
    const out = join(folder(), 'run');
    await (await ganymede.train('@acme/toy/gan', { ...settings, out, checkpointEvery: 5 })).dispose();
    await truncate(join(out, 'checkpoints/step-000012.safetensors'), 50);
    await expect(ganymede.resume(out)).rejects.toMatchObject({
      code: 'GANYMEDE_CHECKPOINT_CORRUPT',
      data: { previous: 'step-000010' },
    });
    const resumed = await ganymede.resume(out, { checkpoint: 'step-000010' });
    await resumed.complete();
    expect(await bytes(resumed)).toBe(await bytes(await ganymede.train('@acme/toy/gan', settings)));
  });

  it('stops at its signal with a checkpoint', async () => {
    const out = join(folder(), 'run');
    const stop = new AbortController();
    const run = await ganymede.start('@acme/toy/gan', { ...settings, out, signal: stop.signal });
    const types: string[] = [];
    for await (const event of run.advance()) {
      types.push(event.type);
      if (event.iteration === 3 && event.type === 'step') stop.abort();
    }
    expect([run.iteration, run.status, types.slice(-2)]).toEqual([3, 'stopped', ['checkpoint', 'stopped']]);
    await run.dispose();
    const resumed = await ganymede.resume(out);
    await resumed.complete();
    expect(await bytes(resumed)).toBe(await bytes(await ganymede.train('@acme/toy/gan', settings)));
  });

  it('stops at a metric that is no number, naming it, and saves nothing of it', async () => {
    const out = join(folder(), 'run');
    const sink = memorySink();
    const run = await ganymede.start('@acme/toy/gan', {
      ...settings,
      out,
      checkpointEvery: 2,
      options: { explodeAt: 10 }, // The critic runs twice an iteration: its call 10 is in iteration 6.
      sinks: [sink],
    });
    await expect(run.complete()).rejects.toMatchObject({
      code: 'GANYMEDE_NON_FINITE',
      data: { step: 'critic', metric: 'loss', iteration: 6, lastGood: 'step-000004' },
    });
    expect(sink.events.at(-1)).toMatchObject({ type: 'error', code: 'GANYMEDE_NON_FINITE', iteration: 5 });
    expect(run.status).toBe('failed');
    expect(await codeOf(run.checkpoint())).toBe('GANYMEDE_NON_FINITE');
    expect(await codeOf(run.complete())).toBe('GANYMEDE_NON_FINITE');
    await run.dispose();
    const open = await ganymede.open(out);
    expect(open.iteration).toBe(4);
    expect((await open.sample({ count: 3 })).points?.shape).toEqual([3, 2]);
    expect(await codeOf(open.complete())).toBe('GANYMEDE_READ_ONLY');
    await open.dispose();
  });

  it('takes replaced services: clock, store, sinks', async () => {
    const store = memoryCheckpointStore({ keep: 9 });
    const sink = memorySink();
    let time = 1000;
    const clock = { now: () => time++, elapsed: () => 0 };
    const swapped = createGanymede({
      plugins: [reference, toys],
      services: { clock, checkpoints: () => store, events: [sink] },
    });
    const run = await swapped.train('@acme/toy/gan', { ...settings, checkpointEvery: 6 });
    expect(await store.list()).toEqual(['step-000006', 'step-000012']);
    expect(sink.events[0]?.time).toBe(1000);
    expect((await store.load('step-000012')).meta.seconds).toBe(0);
    await run.dispose();
  });

  it('leaves out a sink that fails, and goes on', async () => {
    const said: string[] = [];
    const logger = { info: () => {}, warn: () => {}, error: (m: string) => void said.push(m) };
    const sink = {
      write: () => {
        throw new Error('full');
      },
    };
    const run = await createGanymede({ plugins: [reference, toys], services: { logger } }).train(
      '@acme/toy/gan',
      {
        ...settings,
        sinks: [sink],
      },
    );
    expect(run.status).toBe('ended');
    expect(said).toEqual([expect.stringContaining('full')]);
  });
});

it('hands on what a backend says about the device it chose', async () => {
  const said: string[] = [];
  const logger = { info: () => {}, warn: (m: string) => void said.push(m), error: () => {} };
  const backend = { ...(await referenceBackend()), notice: 'device "auto" is "cpu": no GPU driver' };
  const services = { logger };
  const run = await createGanymede({ plugins: [toys], services }).start('@acme/toy/gan', {
    ...settings,
    backend,
  });
  expect(said).toEqual([backend.notice]);
  await run.dispose();
});

describe('starting a run', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    [
      'too large a batch',
      () => ganymede.start('@acme/toy/gan', { ...settings, batch: 21 }),
      'GANYMEDE_BATCH_TOO_LARGE',
    ],
    ['no end', () => ganymede.start('@acme/toy/gan', { data: line() }), 'GANYMEDE_STEPS'],
    ['a folder without a run', () => ganymede.resume(folder()), 'GANYMEDE_NO_RUN'],
    [
      'no backend',
      () => createGanymede({ plugins: [toys] }).start('@acme/toy/gan', settings),
      'GANYMEDE_NO_BACKEND',
    ],
    [
      'an unknown backend',
      () => ganymede.start('@acme/toy/gan', { ...settings, backend: 'refrence' as 'reference' }),
      'GANYMEDE_UNKNOWN_BACKEND',
    ],
    [
      'a device where the backend has none to choose',
      () => ganymede.start('@acme/toy/gan', { ...settings, device: 'tpu' }),
      'GANYMEDE_OPTION',
    ],
    ['an unknown algorithm', () => ganymede.make('algorithm', 'gam') as never, 'GANYMEDE_UNKNOWN_ALGORITHM'],
  ])('is refused: %s', async (_, work, code) => {
    expect(await codeOf((async () => work())())).toBe(code);
  });

  it('answers data that cannot be read, also where the folder is looked at first', async () => {
    const unread: unknown[] = [];
    const listen = (reason: unknown) => void unread.push(reason);
    process.on('unhandledRejection', listen);
    const data = Promise.reject(new GanymedeError('GANYMEDE_DATA_MISSING', { message: 'no such folder' }));
    const out = join(folder(), 'run');
    expect(await codeOf(ganymede.train('@acme/toy/gan', { ...settings, data, out }))).toBe(
      'GANYMEDE_DATA_MISSING',
    );
    process.off('unhandledRejection', listen);
    expect(unread).toEqual([]);
  });

  it('is refused where a run is already', async () => {
    const out = join(folder(), 'run');
    await (await ganymede.train('@acme/toy/gan', { ...settings, out })).dispose();
    expect(await codeOf(ganymede.train('@acme/toy/gan', { ...settings, out }))).toBe('GANYMEDE_RUN_EXISTS');
  });

  it('resumes only with the same data, or data given by hand', async () => {
    const out = join(folder(), 'run');
    const changing = { ...line(), hash: async () => 'before' };
    await (await ganymede.train('@acme/toy/gan', { ...settings, data: changing, out, steps: 2 })).dispose();
    expect(await codeOf(ganymede.resume(out))).toBe('GANYMEDE_DATA_CHANGED');
    const byHand = join(folder(), 'by-hand');
    const { source: _, ...anonymous } = line();
    await (
      await ganymede.train('@acme/toy/gan', { ...settings, data: anonymous, out: byHand, steps: 2 })
    ).dispose();
    expect(await codeOf(ganymede.resume(byHand))).toBe('GANYMEDE_RESUME_DATA');
    const resumed = await ganymede.resume(byHand, { data: anonymous, steps: 12 });
    await resumed.complete();
    expect(await bytes(resumed)).toBe(await bytes(await ganymede.train('@acme/toy/gan', settings)));
  });

  it('uses an open backend, and leaves it open', async () => {
    let disposed = 0;
    const backend = { ...(await ganymede.create('reference')), dispose: async () => void disposed++ };
    await (await ganymede.train('@acme/toy/gan', { ...settings, backend })).dispose();
    expect(disposed).toBe(0);
    expect(toy.id).toBe('@acme/toy/gan');
  });
});
