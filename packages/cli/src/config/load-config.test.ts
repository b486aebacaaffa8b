import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.js';

let folder = '';
const before = process.cwd();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ganymede-'));
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true, force: true });
});

const refused = (message: string) =>
  expect.objectContaining({ code: 'GANYMEDE_CONFIG', message: expect.stringContaining(message) });

describe('loadConfig', () => {
  it('is empty where there is none', async () => expect(await loadConfig(undefined)).toEqual({}));

  it('evaluates TypeScript that imports defineConfig, without this package being installed there', async () => {
    const text = `import { defineConfig, type GanymedeConfig } from '@ganymede/cli';
const seed: number = 3;
export default defineConfig({ algorithm: 'dcgan', seed } satisfies GanymedeConfig);`;
    await writeFile('other.ts', text);
    expect(await loadConfig('other.ts')).toEqual({ algorithm: 'dcgan', seed: 3 });
    expect(await loadConfig(undefined)).toEqual({});
  });

  it('finds the one of the working directory', async () => {
    await writeFile('ganymede.config.mjs', 'export default { steps: 7 };');
    expect(await loadConfig(undefined)).toEqual({ steps: 7 });
  });

  it('refuses a missing file, one that throws and a wrong setting, by name', async () => {
    await expect(loadConfig('nothere.ts')).rejects.toThrow(refused('no configuration file "nothere.ts"'));
    await writeFile('throws.ts', "throw new Error('no good');");
    await expect(loadConfig('throws.ts')).rejects.toThrow(
      refused('throws.ts could not be evaluated: no good'),
    );
    await writeFile('broken.ts', 'export default {');
    await expect(loadConfig('broken.ts')).rejects.toThrow(refused('broken.ts could not be evaluated'));
    await writeFile('wrong.ts', 'export default { step: 7 };');
    await expect(loadConfig('wrong.ts')).rejects.toThrow(refused('wrong.ts: no setting "step"'));
  });
});
