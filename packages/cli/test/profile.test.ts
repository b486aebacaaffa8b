import { readdir, readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { runMain } from './run-main.js';
import { inTemporaryFolder } from './temporary-folder.js';

inTemporaryFolder();
const tiny = ['--set', 'width=2', '--set', 'data.count=40', '--batch', '8'];

interface Result {
  readonly algorithm: string;
  readonly batchSize: number;
  readonly peakBytes: number;
  readonly steps: readonly {
    readonly step: string;
    readonly calls: number;
    readonly milliseconds: number;
    readonly kernelMilliseconds: number;
    readonly bytes: number;
    readonly madeUp: readonly string[];
    readonly layers: readonly { layer: string; forward: number; backward: number; bytes: number }[];
    readonly operators: readonly { operator: string; milliseconds: number; count: number }[];
  }[];
}
const resultOf = (stdout: string) => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;
const answer = async (...args: string[]) => {
  const { status, stdout, stderr } = await runMain('profile', ...args);
  expect(status, stderr).toBe(0);
  return stdout;
};

beforeAll(async () => {
  const { status, stderr } = await runMain(
    'train',
    'dcgan',
    ...tiny,
    '--steps',
    '1',
    '--out',
    'run',
    '--quiet',
  );
  expect(status, stderr).toBe(0);
});

describe('profile', () => {
  it('shows layers and operators of a run, and leaves the run as it was', async () => {
    const before = [await readdir('.'), await readdir('run', { recursive: true })];
    const text = await answer('run', '--steps', '2', '--top', '4');
    expect(text).toMatch(/^@ganymede\/continuous\/dcgan, batch 8, ort · cpu · \d+ threads?\n/);
    expect(text).toMatch(/step train: [\d.]+ ms a call \(median of 2\), [\d.]+ ms in kernels/);
    expect(text).toMatch(/\n {2}layer +forward ms +backward ms +time +MB made\n/);
    expect(text).toMatch(/\n {2}(generator|discriminator)\/\w+ +[\d.]+ +[\d.]+ +\d+ % +[\d.]+\n/);
    expect(text).toMatch(/\n {2}… \d+ more +/);
    expect(text).toMatch(/\n {2}operator +ms +time +kernels +MB made\n/);
    expect(text).toMatch(/peak memory of the process: \d+ MiB\n$/);
    expect([await readdir('.'), await readdir('run', { recursive: true })]).toEqual(before);
  });

  it('gives every kernel of the lowered graph to its layer', async () => {
    const { steps, algorithm, peakBytes } = resultOf(await answer('run', '--steps', '3', '--json'));
    const [step] = steps;
    expect(algorithm).toBe('@ganymede/continuous/dcgan');
    expect(peakBytes).toBeGreaterThan(2 ** 26);
    const rows = new Map(step?.layers.map((row) => [row.layer, row]));
    for (const layer of ['generator/convTranspose1', 'discriminator/conv2', 'discriminator/norm1']) {
      expect(rows.get(layer)?.forward, layer).toBeGreaterThan(0);
      expect(rows.get(layer)?.backward, layer).toBeGreaterThan(0);
    }
    expect(rows.get('optimizer/generator')?.forward).toBeGreaterThan(0);
    // What belongs to no layer is the drawing of latents and the like.
    expect(rows.get('')?.bytes ?? 0).toBeLessThan(0.05 * (step?.bytes ?? 0));
    // A step reads each convolution's input at least once in either direction: 8 images of 28 x 28 at the least.
    expect(rows.get('discriminator/conv1')?.bytes).toBeGreaterThan(8 * 28 * 28 * 4);
    const total = step?.operators.reduce((sum, { milliseconds }) => sum + milliseconds, 0) ?? 0;
    expect(total).toBeCloseTo(step?.kernelMilliseconds ?? -1, 6);
  });

  it('profiles what a configuration or a name stands for, all steps of it, and keeps nothing', async () => {
    await writeFile(
      'small.config.ts',
      "export default { algorithm: 'dcgan', batch: 4, options: { width: 2 } };",
    );
    const before = await readdir('.');
    const config = await answer('small.config.ts', '--steps', '1', '--json', '--set', 'data.count=40');
    expect(resultOf(config)).toMatchObject({ batchSize: 4, steps: [{ step: 'train', madeUp: [] }] });
    await writeFile('rhymes.txt', Array.from({ length: 40 }, (_, i) => `a ${'bcd'[i % 3]} e f`).join('\n'));
    const seqgan = await answer(
      'seqgan',
      ...['--data', 'tokens:rhymes.txt', '--batch', '8', '--steps', '1', '--json'],
      ...['hidden=4', 'embedding=3', 'discriminator.widths=[1,2]', 'discriminator.filters=[2,2]']
        .concat('rollouts=2')
        .flatMap((text) => ['--set', text]),
    );
    const steps = resultOf(seqgan).steps;
    expect(steps.length).toBeGreaterThan(3);
    for (const { operators, step } of steps) expect(operators.length, step).toBeGreaterThan(0);
    expect(await readdir('.')).toEqual([...before, 'rhymes.txt'].sort());
  });

  it('writes a Chrome trace', async () => {
    const { status, stderr } = await runMain('profile', 'run', '--steps', '2', '--trace', 'trace.json');
    expect(status).toBe(0);
    expect(stderr).toContain('✓ trace    trace.json');
    const { traceEvents } = JSON.parse(await readFile('trace.json', 'utf8')) as {
      traceEvents: { name: string; ph: string; ts: number; dur: number; cat?: string }[];
    };
    expect(traceEvents.filter(({ cat }) => cat === 'calls').map(({ name }) => name)).toEqual([
      'call 1',
      'call 2',
    ]);
    expect(traceEvents.filter(({ ph }) => ph === 'X').every(({ ts, dur }) => ts >= 0 && dur >= 0)).toBe(true);
  });

  it('answers mistakes', async () => {
    for (const [args, code] of [
      [['run', '--set', 'width=3'], 'GANYMEDE_USAGE'],
      [['runs/none'], 'GANYMEDE_NO_RUN'],
      [['dcgam'], 'GANYMEDE_UNKNOWN_ALGORITHM'],
      [['none.config.ts'], 'GANYMEDE_CONFIG'],
      [['run', '--steps', '0'], 'GANYMEDE_USAGE'],
    ] as const) {
      const { status, stderr } = await runMain('profile', ...args);
      expect(stderr, args.join(' ')).toContain(code);
      expect(status).toBeGreaterThan(0);
    }
  });
});
