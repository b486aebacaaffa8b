import { nodeModule } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { openError } from './read-bytes.js';

const { readdir, stat } = nodeModule('node:fs/promises');
const { basename, dirname, join, resolve } = nodeModule('node:path');

/** Absolute paths of an image file and, where there is one, its label file. */
export interface IdxFiles {
  readonly images: string;
  readonly labels?: string;
}

const imageFile = /^(.*?)-?images[-.]idx3-ubyte(\.gz)?$/;

/** Files of a folder whose name starts with `prefix`; unpacked ones before `.gz`, `train` before others. */
async function search(folder: string, prefix: string): Promise<IdxFiles | undefined> {
  const names = (await readdir(folder)).sort();
  const ranked = names.filter((name) => name.startsWith(prefix) && imageFile.test(name));
  const images = ranked.find((name) => name.startsWith('train')) ?? ranked[0];
  if (images === undefined) return undefined;
  const stem = images.replace(/\.gz$/, '').replace('images', 'labels').replace('idx3', 'idx1');
  const labels = names.find((name) => name === stem || name === `${stem}.gz`);
  return { images: join(folder, images), ...(labels !== undefined && { labels: join(folder, labels) }) };
}

/**
 * Finds IDX files: `path` may be an image file, a folder holding `train-images-idx3-ubyte[.gz]` and its labels, or such a
 * folder with the start of the names, as in `mnist/t10k`. Labels beside the images are found in the last two cases.
 *
 * @throws `GANYMEDE_DATA_MISSING`, `GANYMEDE_DATA_UNREADABLE`; `GANYMEDE_DATA_EMPTY` for a folder without such files
 */
export async function findIdx(path: string): Promise<IdxFiles> {
  const absolute = resolve(path);
  try {
    if (!(await stat(absolute)).isDirectory()) return { images: absolute };
  } catch (cause) {
    const found = await search(dirname(absolute), basename(absolute)).catch(() => undefined);
    if (found !== undefined) return found;
    throw openError(path, 'IDX file or folder', cause);
  }
  const found = await search(absolute, '').catch((cause: unknown) => {
    throw openError(path, 'IDX folder', cause);
  });
  if (found !== undefined) return found;
  throw new GanymedeError('GANYMEDE_DATA_EMPTY', {
    message: `the folder "${path}" holds no IDX images (a file such as train-images-idx3-ubyte or train-images-idx3-ubyte.gz)`,
    hint: 'name the file itself: idx:<images>,<labels>; for PNG or JPEG files use folder:<dir>',
    data: { path },
  });
}
