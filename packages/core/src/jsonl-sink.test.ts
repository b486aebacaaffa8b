import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jsonlSink, readEvents } from './jsonl-sink.js';
import type { RunEvent } from './run-event.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ganymede-log-'));
  file = join(folder, 'deep', 'events.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const step = (iteration: number): RunEvent => ({
  type: 'step',
  time: 1,
  iteration,
  step: 's',
  metrics: { loss: 0.5 },
  seconds: 0,
});
const iterations = async () => {
  const found: number[] = [];
  for await (const event of readEvents(file)) found.push(event.iteration);
  return found;
};

describe('jsonlSink', () => {
  it('appends a line per event', async () => {
    const sink = jsonlSink(file);
    for (const i of [1, 2]) sink.write(step(i));
    sink.close?.();
    const again = jsonlSink(file);
    again.write(step(3));
    again.close?.();
    expect((await readFile(file, 'utf8')).split('\n').length).toBe(4);
    expect(await iterations()).toEqual([1, 2, 3]);
  });

  it('forgets what comes after a checkpoint, and a line cut short', async () => {
    const sink = jsonlSink(file);
    for (const i of [1, 2, 3, 4]) sink.write(step(i));
    await appendFile(file, '{"type":"step","iter');
    expect(await iterations()).toEqual([1, 2, 3, 4]);
    await sink.rewind?.(2);
    for (const i of [3, 4, 5]) sink.write(step(i));
    sink.close?.();
    expect(await iterations()).toEqual([1, 2, 3, 4, 5]);
  });

  it('rewinds to the beginning, and where there is no log', async () => {
    const sink = jsonlSink(file);
    await sink.rewind?.(0);
    sink.write(step(1));
    await sink.rewind?.(0);
    sink.write(step(1));
    sink.close?.();
    expect(await iterations()).toEqual([1]);
  });
});
