import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPlugin, pluginNote } from './find-plugin.js';

let folder = '';
const before = process.cwd();
const put = async (path: string, content: unknown = '') => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
};
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'ganymede-')));
  process.chdir(folder);
  await put('app/node_modules/@acme/esm/package.json', {
    exports: { '.': { types: './x.d.ts', import: './dist/index.js' } },
  });
  await put('app/node_modules/@acme/esm/dist/index.js');
  await put('app/node_modules/plain/package.json', { main: 'lib.js' });
  await put('app/node_modules/plain/lib.js');
  await put('app/node_modules/bare/package.json', {});
  await put('app/node_modules/bare/index.js');
  await put('app/local/package.json', { exports: './src.mjs' });
  await put('app/local/src.mjs');
  await put('app/one.ts');
  await mkdir(join(folder, 'elsewhere'));
});
afterAll(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true, force: true });
});
const inside = <T>(place: string, use: () => T): T => {
  process.chdir(join(folder, place));
  try {
    return use();
  } finally {
    process.chdir(folder);
  }
};

describe('findPlugin', () => {
  it.each([
    ['@acme/esm', 'app/node_modules/@acme/esm/dist/index.js'],
    ['plain', 'app/node_modules/plain/lib.js'],
    ['bare', 'app/node_modules/bare/index.js'],
    ['./one.ts', 'app/one.ts'],
    ['one.ts', 'app/one.ts'],
    ['./local', 'app/local/src.mjs'],
    ['../app/local', 'app/local/src.mjs'],
  ])('finds %s', (name, file) => {
    expect(inside('app', () => findPlugin(name))).toBe(join(folder, file));
  });

  it('finds a package from the folders given, as those of a run', () => {
    expect(inside('elsewhere', () => findPlugin('plain', [join(folder, 'app/runs/a')]))).toBe(
      join(folder, 'app/node_modules/plain/lib.js'),
    );
  });

  it.each(['plain', './one.ts', '/no/such/file.js', '@ganymede/discret'])('refuses %s', (name) => {
    expect(() => inside('elsewhere', () => findPlugin(name))).toThrow(
      expect.objectContaining({
        code: 'GANYMEDE_UNKNOWN_PLUGIN',
        message: expect.stringContaining(`"${name}"`),
      }),
    );
  });
});

describe('pluginNote', () => {
  it('is a name where the run sees the same package, and a path otherwise', () => {
    const note = (name: string, run: string) => inside('app', () => pluginNote(name, run));
    expect(note('plain', 'runs/a')).toBe('plain');
    expect(note('plain', join(folder, 'elsewhere/run'))).toBe(join(folder, 'app/node_modules/plain/lib.js'));
    expect(note('./one.ts', 'runs/a')).toBe(join(folder, 'app/one.ts'));
  });
});
