import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GanymedeError, type Value } from '@ganymede/tensor';
import { imageGrid, type ImageGridOptions } from './image-grid.js';

/**
 * Writes {@link imageGrid} to a file, making its folder. The file appears whole or not at all: it is written under a temporary
 * name, flushed to the disk and renamed. Throws `GANYMEDE_DATA_SHAPE`, or `GANYMEDE_WRITE` where the file cannot be written.
 */
export async function writeImageGrid(
  file: string,
  images: Value,
  options: ImageGridOptions = {},
): Promise<void> {
  const png = await imageGrid(images, options);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(png);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new GanymedeError('GANYMEDE_WRITE', {
      message: `the image grid "${file}" cannot be written (${(cause as { code?: string }).code ?? String(cause)})`,
      hint: 'check free disk space and that the folder may be written to',
      data: { file },
      cause,
    });
  }
}
