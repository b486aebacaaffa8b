import { nodeModule, writeFileDurably } from '@ganymede/core';
import { GanymedeError, type Value } from '@ganymede/tensor';
import { imageGrid, type ImageGridOptions } from './image-grid.js';

const { mkdir } = nodeModule('node:fs/promises');
const { dirname } = nodeModule('node:path');

/**
 * Writes {@link imageGrid} to a file, making its folder. The file appears whole or not at all: it is written under a temporary
 * name, flushed to the disk and renamed. Throws `GANYMEDE_DATA_SHAPE`, `GANYMEDE_WRITE` or `GANYMEDE_DISK_FULL`.
 */
export async function writeImageGrid(
  file: string,
  images: Value,
  options: ImageGridOptions = {},
): Promise<void> {
  const png = await imageGrid(images, options);
  try {
    await mkdir(dirname(file), { recursive: true });
  } catch (cause) {
    throw new GanymedeError('GANYMEDE_WRITE', {
      message: `cannot make the folder of "${file}" (${(cause as { code?: string }).code ?? String(cause)})`,
      hint: 'check that no file stands where a folder is wanted, and that you may write there',
      data: { path: file },
      cause,
    });
  }
  await writeFileDurably(file, png);
}
