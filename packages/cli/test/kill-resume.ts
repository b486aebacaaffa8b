import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { runCli, startCli } from './run-cli.js';

/** A training small enough to be repeated. */
export interface KillableRun {
  readonly name: string;
  /** Arguments of `ganymede train`, without `--out`. */
  readonly args: readonly string[];
  /** Iterations it ends after. */
  readonly iterations: number;
  /** Files that the arguments name, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

const sets = (options: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(options).flatMap(([key, value]) => ['--set', `${key}=${JSON.stringify(value)}`]);

/** DCGAN, `iterations` long, with a checkpoint every five. */
export const killableDcgan = (iterations: number): KillableRun => ({
  name: 'dcgan',
  args: ['dcgan', '--batch', '16', '--checkpoint-every', '5', '--steps', String(iterations)].concat(
    sets({ width: 8, ema: 0.9, 'data.count': 400 }),
  ),
  iterations,
});

/** SeqGAN through all its phases: likelihood, discriminator, policy. `scale` lengthens the adversarial part. */
export const killableSeqgan = (scale: number): KillableRun => ({
  name: 'seqgan',
  args: ['seqgan', '--data', 'tokens:words.txt', '--batch', '16', '--checkpoint-every', '5'].concat(
    sets({
      embedding: 4,
      hidden: 8,
      'pretrain.epochs': 2,
      rollouts: 2,
      adversarialBatches: scale,
      'discriminator.embedding': 4,
      'discriminator.widths': [1, 2, 3],
      'discriminator.filters': [4, 4, 4],
      'discriminator.samples': 32,
      'discriminator.epochs': 1,
      'discriminator.pretrainRounds': 2,
      'discriminator.rounds': 1,
    }),
  ),
  // 64 sequences: 2 x 4 of likelihood, 2 x 4 of the discriminator, then a policy step and 4 of the discriminator each.
  iterations: 2 * 4 + 2 * 4 + scale * (1 + 4),
  files: {
    'words.txt': Array.from({ length: 64 }, (_, i) =>
      Array.from({ length: 6 }, (_, t) => (i * 7 + t * (1 + (i % 3))) % 11).join(' '),
    ).join('\n'),
  },
});

/** The last checkpoint's tensors, and the losses of every iteration. */
export async function remainsOf(run: string, { iterations }: KillableRun) {
  const id = `step-${String(iterations).padStart(6, '0')}`;
  const manifest = JSON.parse(await readFile(join(run, 'checkpoints', `${id}.json`), 'utf8')) as {
    tensors: { file: string };
  };
  const log = (await readFile(join(run, 'events.jsonl'), 'utf8')).trim().split('\n');
  const steps = log
    .map((line) => JSON.parse(line) as { type: string; iteration: number; metrics?: object })
    .filter(({ type }) => type === 'step')
    .map(({ iteration, metrics }) => ({ iteration, metrics }));
  return { weights: await readFile(join(run, 'checkpoints', manifest.tensors.file)), steps };
}

/** Runs a command to its end, in this process or in one of its own. */
type Runner = (...args: string[]) => Promise<{ readonly status: number | null; readonly stderr: string }>;

const ownProcess: Runner = (...args) => runCli(args);

/** Trains without interruption into `out`. */
export async function trainWhole({ args }: KillableRun, out: string, run = ownProcess): Promise<void> {
  const { status, stderr } = await run('train', ...args, '--out', out, '--quiet');
  expect(status, stderr).toBe(0);
}

/**
 * Trains into `out`, kills the process with SIGKILL once its log has `share` (0 to 1) of the iterations and `delay`
 * milliseconds more have passed, resumes until it is through, and returns how many iterations the log had at the kill.
 */
export async function trainKilled(
  { args, iterations }: KillableRun,
  out: string,
  { share, delay }: { readonly share: number; readonly delay: number },
  run = ownProcess,
): Promise<number> {
  const { child, finished } = startCli(['train', ...args, '--out', out, '--quiet']);
  const ended = finished.then(() => true);
  const log = join(out, 'events.jsonl');
  const logged = async () =>
    ((await readFile(log, 'utf8').catch(() => '')).match(/"type":"step"/g) ?? []).length;
  while ((await logged()) < share * iterations) if (await Promise.race([ended, sleep(2)])) break;
  await sleep(delay);
  child.kill('SIGKILL');
  await finished;
  const reached = await logged();
  await expectWholeCheckpoints(out);
  const { status, stderr } = await run('resume', out, '--quiet');
  expect(status, stderr).toBe(0);
  return reached;
}

/** After a kill every manifest names a file that is there. */
async function expectWholeCheckpoints(run: string): Promise<void> {
  const folder = join(run, 'checkpoints');
  const names = await readdir(folder).catch(() => [] as string[]);
  for (const name of names.filter((file) => file.endsWith('.json'))) {
    const { tensors } = JSON.parse(await readFile(join(folder, name), 'utf8')) as {
      tensors: { file: string; bytes: number };
    };
    expect((await stat(join(folder, tensors.file))).size, name).toBe(tensors.bytes);
  }
}

/** Fails unless the two runs left the same tensors, byte for byte, and logged the same losses, each iteration once. */
export async function expectSameRuns(whole: string, killed: string, run: KillableRun): Promise<void> {
  const [a, b] = await Promise.all([remainsOf(whole, run), remainsOf(killed, run)]);
  expect(Buffer.compare(a.weights, b.weights), 'the final tensors').toBe(0);
  expect(b.steps).toEqual(a.steps);
  expect(a.steps.map(({ iteration }) => iteration)).toEqual(
    Array.from({ length: run.iterations }, (_, i) => i + 1),
  );
  const left = await readdir(join(killed, 'checkpoints'));
  expect(
    left.filter((name) => !/^step-\d+\.(json|safetensors)$/.test(name)),
    'left-overs',
  ).toEqual([]);
  expect(await readdir(killed)).not.toContain('run.lock');
}
