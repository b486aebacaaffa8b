import { readFile, rename, writeFile } from 'node:fs/promises';
import { writeImageGrid } from '@ganymede/data';
import { value } from '@ganymede/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { runMain } from './run-main.js';
import { inTemporaryFolder } from './temporary-folder.js';

inTemporaryFolder();

beforeAll(async () => {
  for (let i = 0; i < 6; i++) {
    const pixels = Float32Array.from({ length: 3 * 900 }, (_, k) => Math.sin(i + k / 50));
    await writeImageGrid(`faces/${i}.png`, value('float32', [1, 3, 30, 30], pixels));
  }
  const { status, stderr } = await runMain(
    ...['train', 'dcgan', '--data', 'folder:faces', '--set', 'data.size=28', '--set', 'width=2'],
    ...['--batch', '2', '--steps', '2', '--out', 'run'],
  );
  expect(status, stderr).toBe(0);
  await rename('faces', 'moved');
});

const sourceOf = async (run: string) =>
  (JSON.parse(await readFile(`${run}/config.json`, 'utf8')) as { dataset: { source: { options: object } } })
    .dataset.source.options;

describe('a run whose data was moved', () => {
  it('is sampled and exported all the same', async () => {
    const sampled = await runMain('sample', 'run', '--out', 'a.json');
    expect(sampled.status, sampled.stderr).toBe(0);
    const exported = await runMain('export', 'run');
    expect(exported.status, exported.stderr).toBe(0);
  });

  it('is neither measured nor resumed without it', async () => {
    const measured = await runMain('evaluate', 'run', '--metric', 'fid');
    expect(measured.status).toBe(1);
    expect(measured.stderr).toMatch(/error GANYMEDE_(RESUME_DATA|NO_LABELS)/);
    const resumed = await runMain('resume', 'run', '--steps', '3');
    expect(resumed.status).toBe(1);
    expect(resumed.stderr).toContain('error GANYMEDE_DATA_MISSING');
  });

  it('goes on with the data where it is now, and remembers that', async () => {
    const resumed = await runMain('resume', 'run', '--steps', '3', '--data', 'folder:./moved', '--quiet');
    expect(resumed).toEqual({ status: 0, stdout: 'run\n', stderr: '' });
    expect(await sourceOf('run')).toMatchObject({ directory: expect.stringMatching(/\/moved$/), size: 28 });
    const again = await runMain('resume', 'run', '--steps', '4', '--quiet');
    expect(again.status, again.stderr).toBe(0);
  });

  it('warns of data that is not the same', async () => {
    await writeFile('moved/5.png', await readFile('moved/4.png'));
    const refused = await runMain('resume', 'run', '--steps', '5');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('error GANYMEDE_DATA_CHANGED');
    const taken = await runMain('resume', 'run', '--steps', '5', '--data', 'folder:moved', '--quiet');
    expect(taken.status, taken.stderr).toBe(0);
    expect(taken.stderr).toMatch(/^warning the data .* is not what the run was started with/);
  });
});
