import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll } from 'vitest';

/** Runs the tests of this file in a fresh folder as working directory; removed afterwards. Returns its path, once it exists. */
export function inTemporaryFolder(): () => string {
  let folder = '';
  const before = process.cwd();
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'ganymede-')));
    process.chdir(folder);
  });
  afterAll(async () => {
    process.chdir(before);
    await rm(folder, { recursive: true, force: true });
  });
  return () => folder;
}
