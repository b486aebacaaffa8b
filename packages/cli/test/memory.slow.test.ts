import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { killableSeqgan } from './kill-resume.js';
import { startCli } from './run-cli.js';
import { inTemporaryFolder } from './temporary-folder.js';

inTemporaryFolder();

const seqgan = killableSeqgan(500);
const rows = [
  {
    name: 'dcgan',
    args: ['dcgan', '--set', 'width=16', '--set', 'data.count=2000', '--batch', '16', '--steps', '2000'],
  },
  { name: 'seqgan', args: [...seqgan.args, '--steps', '2000'] },
];

/** Resident memory of a process in MiB. */
const residentMemory = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
const median = (x: readonly number[]): number => [...x].sort((a, b) => a - b)[x.length >> 1] ?? Number.NaN;

it.for(rows)(
  '$name needs no more memory after 2000 iterations than after 200',
  async ({ name, args }, ctx) => {
    if (!existsSync('/proc/self/status')) ctx.skip('no /proc here: the memory of a process cannot be read');
    for (const [file, text] of Object.entries(seqgan.files ?? {})) await writeFile(file, text);
    // Pictures and checkpoints from early on: what they need is there at 200 as it is at 2000.
    const often = ['--sample-every', '100', '--checkpoint-every', '100'];
    const { child, finished } = startCli(['train', ...args, ...often, '--out', name, '--json']);
    const seen: { iteration: number; memory: number }[] = [];
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      const event = JSON.parse(line) as { event: string; iteration: number };
      if (event.event !== 'step' || event.iteration % 10 !== 0) continue;
      // Just before its end a process may be gone already.
      try {
        seen.push({ iteration: event.iteration, memory: residentMemory(child.pid as number) });
      } catch {}
    }
    const { status, stderr } = await finished;
    expect(status, stderr).toBe(0);
    // The collector works in waves: the median of a hundred iterations.
    const around = (from: number, to: number) =>
      median(seen.filter(({ iteration }) => iteration > from && iteration <= to).map(({ memory }) => memory));
    const [early, late] = [around(150, 250), around(1900, 2000)];
    console.log(
      `${name}: ${early.toFixed(0)} MiB after 200 iterations, ${late.toFixed(0)} MiB after 2000 (${((100 * late) / early).toFixed(1)} %)`,
    );
    expect(late).toBeLessThan(1.1 * early);
  },
);
