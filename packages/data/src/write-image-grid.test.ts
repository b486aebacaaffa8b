import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filled } from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageGrid } from './image-grid.js';
import { writeImageGrid } from './write-image-grid.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ganymede-grid-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('writeImageGrid', () => {
  it('writes the grid, making folders, and leaves nothing else', async () => {
    const images = filled([4, 3, 5, 5], 0.5);
    await writeImageGrid(join(folder, 'a/b/grid.png'), images, { columns: 4 });
    expect(await readFile(join(folder, 'a/b/grid.png'))).toEqual(await imageGrid(images, { columns: 4 }));
    expect(await readdir(join(folder, 'a/b'))).toEqual(['grid.png']);
  });

  it('reports a file that cannot be written, leaving no temporary one', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(writeImageGrid(join(folder, 'file/grid.png'), filled([1, 1, 2, 2], 0))).rejects.toThrow(
      expect.objectContaining({ code: 'GANYMEDE_WRITE' }),
    );
    expect((await readdir(folder)).filter((name) => name.startsWith('.tmp'))).toEqual([]);
  });
});
