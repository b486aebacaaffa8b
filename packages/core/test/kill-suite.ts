import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createGanymede } from '../src/create-ganymede.js';
import { createRng } from '../src/create-rng.js';
import { readEvents } from '../src/jsonl-sink.js';
import { encodeSafetensors } from '../src/safetensors.js';
import type { Run } from '../src/run.js';
import { temporaryFolder } from './temporary-folder.js';
import { line, reference, toys } from './toy.js';

const bytes = async (run: Run) => Buffer.from(encodeSafetensors(await run.state.snapshot())).toString('hex');

/** Trains in another process and kills it once its log has `lines` lines. */
async function trainAndKill(out: string, mode: string, lines: number): Promise<NodeJS.Signals | null> {
  const script = fileURLToPath(new URL('./train-toy.ts', import.meta.url));
  const flags = ['--conditions=@ganymede/source', '--import', 'tsx', script, out, mode];
  const child = spawn(process.execPath, flags, { stdio: 'inherit' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.on('exit', (_, signal) => resolve(signal)),
  );
  const log = join(out, 'events.jsonl');
  const timer = setInterval(() => {
    if (existsSync(log) && readFileSync(log, 'utf8').split('\n').length > lines) child.kill('SIGKILL');
  }, 1);
  const signal = await ended;
  clearInterval(timer);
  return signal;
}

/** Kills and resumes the toy run `tries` times at random moments; every file must end up as without the kills. */
export function killSuite(tries: number): void {
  const ganymede = createGanymede({ plugins: [reference, toys] });
  const folder = temporaryFolder();
  const settings = { data: line(), batch: 4, seed: 7, steps: 300 };
  // The moments differ from run to run on purpose; the seed is printed with a failure.
  const seed = Date.now();
  const random = createRng(seed);
  const moments = Array.from({ length: tries }, (_, i) =>
    Array.from(random.draw([2], { kind: 'integers', low: 3, high: 140 }, i).data, Number),
  );
  describe('kill -9 and resume, twice in a row', () => {
    it.each(moments)(`after %d and %d more lines of the log (seed ${seed})`, async (first, second) => {
      const expected = await bytes(await ganymede.train('@acme/toy/gan', settings));
      const out = join(folder(), 'run');
      expect(await trainAndKill(out, 'start', first as number)).toBe('SIGKILL');
      expect(await trainAndKill(out, 'resume', (first as number) + (second as number))).toBe('SIGKILL');
      const resumed = await ganymede.resume(out);
      await resumed.complete();
      expect(await bytes(resumed)).toBe(expected);
      await resumed.dispose();
      const iterations: number[] = [];
      for await (const event of readEvents(join(out, 'events.jsonl'))) {
        if (event.type === 'step') iterations.push(event.iteration);
      }
      expect(iterations).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
    });
  });
}
