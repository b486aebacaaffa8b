import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runMain } from './run-main.js';
import { inTemporaryFolder } from './temporary-folder.js';

const folder = inTemporaryFolder();

/** A file system of `kilobytes` at `place`; false where this machine lets us make none. */
async function smallDisk(place: string, kilobytes: number): Promise<boolean> {
  await mkdir(place);
  const path = join(folder(), place);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path]);
  if (status !== 0) return false;
  onTestFinished(() => void spawnSync('umount', [path]));
  return true;
}

const tiny = ['--set', 'width=4', '--set', 'data.count=64', '--batch', '8'];
const reason = 'no small file system can be mounted here (needs root): the full disk is not tested';

beforeAll(async () => {
  const { status, stderr } = await runMain(
    'train',
    'dcgan',
    ...tiny,
    '--steps',
    '8',
    '--out',
    'whole',
    '--quiet',
  );
  expect(status, stderr).toBe(0);
});

describe('a full disk', () => {
  it('stops the training at a checkpoint, leaves the earlier ones whole, and lets it be resumed', async (ctx) => {
    // A checkpoint of this run takes 0.5 MB: there is room for two, while the third is written beside them.
    if (!(await smallDisk('disk', 1300))) ctx.skip(reason);
    const failed = await runMain(
      'train',
      'dcgan',
      ...tiny,
      '--steps',
      '8',
      '--checkpoint-every',
      '2',
      '--out',
      'disk/run',
    );
    expect(failed.status).toBe(1);
    expect(failed.stderr).toMatch(
      /error GANYMEDE_DISK_FULL: no space left to write "disk\/run\/checkpoints\/step-\d+/,
    );
    expect(failed.stderr).toContain('what was there before is untouched');
    expect(failed.stderr).not.toMatch(/^\s+at /m);
    expect(await readdir('disk/run')).not.toContain('run.lock');
    const left = (await readdir('disk/run/checkpoints')).sort();
    const whole = left.filter((name) => name.endsWith('.json')).map((name) => name.replace('.json', ''));
    expect(whole.length).toBeGreaterThan(0);
    expect(left, 'no half-written file').toEqual(
      whole.flatMap((id) => [`${id}.json`, `${id}.safetensors`]).sort(),
    );

    const sampled = await runMain('sample', 'disk/run', '--out', 'a.json');
    expect(sampled.status, sampled.stderr).toBe(0);
    spawnSync('mount', ['-o', 'remount,size=8m', join(folder(), 'disk')]);
    const resumed = await runMain('resume', 'disk/run', '--quiet');
    expect(resumed.status, resumed.stderr).toBe(0);
    const weights = (run: string) => readFile(`${run}/checkpoints/step-000008.safetensors`);
    expect(Buffer.compare(await weights('disk/run'), await weights('whole'))).toBe(0);
  });

  it('leaves nothing of an export', async (ctx) => {
    if (!(await smallDisk('little', 40))) ctx.skip(reason);
    const { status, stderr } = await runMain('export', 'whole', '--out', 'little/generator.onnx');
    expect(status).toBe(1);
    expect(stderr).toContain('error GANYMEDE_DISK_FULL');
    expect(await readdir('little')).toEqual([]);
  });
});
