import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';
import { inTemporaryFolder } from './temporary-folder.js';

const folder = inTemporaryFolder();
const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));

/** A plugin with a dataset of noise, one number of which can be made NaN. */
const plugin = (name: string, id: string, annotation = '') => `
import { defineDataset, definePlugin } from '@ganymede/core';
import { z } from 'zod';
const noise = defineDataset({
  id: '${id}',
  summary: 'noise',
  options: z.strictObject({ nan: z.number().default(-1) }),
  create: ({ nan })${annotation} => ({
    summary: 'noise 28x28x1',
    length: 32,
    fields: { images: { dtype: 'float32', shape: [1, 28, 28] } },
    read: async (indices) => ({
      images: {
        dtype: 'float32',
        shape: [indices.length, 1, 28, 28],
        data: Float32Array.from({ length: indices.length * 784 }, (_, i) =>
          indices[Math.floor(i / 784)] === nan ? NaN : Math.sin(i)),
      },
    }),
    hash: async () => 'noise' + nan,
  }),
});
export default definePlugin({ name: '${name}', apiVersion: 1, modules: [noise] });
`;

beforeAll(async () => {
  await mkdir('app/node_modules/@acme/pack', { recursive: true });
  await mkdir('elsewhere');
  for (const name of ['@ganymede', 'zod']) await symlink(join(modules, name), `app/node_modules/${name}`);
  const manifest = { name: '@acme/pack', type: 'module', exports: { '.': { import: './index.js' } } };
  await writeFile('app/node_modules/@acme/pack/package.json', JSON.stringify(manifest));
  await writeFile('app/node_modules/@acme/pack/index.js', plugin('@acme/pack', '@acme/pack/noise'));
  const typed = ': import("@ganymede/core").Dataset';
  await writeFile('app/local.ts', plugin('local', '@local/pack/noise', typed));
  await writeFile('app/twice.mjs', plugin('twice', '@ganymede/data/glyphs'));
});

const small = ['--set', 'width=2', '--batch', '8', '--steps', '2'];
const at = (place: string) => ({ cwd: join(folder(), place) });
const succeed = async (place: string, ...args: string[]) => {
  const { status, stderr } = await runCli([...args, '--quiet'], at(place));
  expect(status, stderr).toBe(0);
};
const noted = async (run: string) =>
  (JSON.parse(await readFile(`${run}/config.json`, 'utf8')) as { plugins: string[] }).plugins;

describe('a plugin', () => {
  it('named as a package is found again from another folder', async () => {
    await succeed(
      'app',
      'train',
      'dcgan',
      '--data',
      'noise',
      '--plugin',
      '@acme/pack',
      ...small,
      '--out',
      'runs/a',
    );
    expect(await noted('app/runs/a')).toEqual(['@acme/pack']);
    await succeed('elsewhere', 'sample', '../app/runs/a', '--out', 'a');
    expect(await readdir('elsewhere')).toContain('a.png');
  });

  it('is noted by path where the run is out of its sight', async () => {
    const far = join(folder(), 'elsewhere/far');
    await succeed(
      'app',
      'train',
      'dcgan',
      '--data',
      'noise',
      '--plugin',
      '@acme/pack',
      ...small,
      '--out',
      far,
    );
    expect(await noted('elsewhere/far')).toEqual([join(folder(), 'app/node_modules/@acme/pack/index.js')]);
    await succeed('elsewhere', 'resume', 'far', '--steps', '3');
  });

  it('named by path may be TypeScript, and is found again from another folder', async () => {
    const data = '@local/pack/noise';
    await succeed(
      'app',
      'train',
      'dcgan',
      '--data',
      data,
      '--plugin',
      './local.ts',
      ...small,
      '--out',
      'runs/b',
    );
    expect(await noted('app/runs/b')).toEqual([join(folder(), 'app/local.ts')]);
    await succeed('elsewhere', 'export', '../app/runs/b', '--out', 'b.onnx');
  });

  it('that claims an id of another is refused with both names', async () => {
    const { status, stderr } = await runCli(['list', '--plugin', './twice.mjs'], at('app'));
    expect(status).toBe(2);
    expect(stderr).toContain(
      'error GANYMEDE_DUPLICATE_ID: the id "@ganymede/data/glyphs" is claimed by plugin "@ganymede/data" and by plugin "twice"',
    );
  });

  it('whose data holds a NaN is stopped before the NaN is learnt', async () => {
    const args = ['train', 'dcgan', '--data', 'noise', '--set', 'data.nan=17', '--plugin', '@acme/pack'];
    const { status, stderr } = await runCli(
      [...args, ...small, '--steps', '9', '--out', 'runs/nan'],
      at('app'),
    );
    expect(status).toBe(1);
    expect(stderr).toContain('error GANYMEDE_DATA_NON_FINITE: field "images" of example 17 holds a NaN');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await readdir('app/runs/nan')).not.toContain('run.lock');
  });
});
