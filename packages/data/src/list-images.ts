import { nodeModule } from '@ganymede/core';
import { openError } from './read-bytes.js';

const { readdir, realpath, stat } = nodeModule('node:fs/promises');
const { extname, join } = nodeModule('node:path');

/** A file or folder that could not be used, relative to the dataset's folder with `/`, and why. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

export interface ImageList {
  /** Paths relative to the folder with `/`, sorted by code unit. */
  readonly files: readonly string[];
  readonly skipped: readonly SkippedFile[];
  /** How many files of other kinds lie there. */
  readonly others: number;
}

/** What sharp's prebuilt binaries read. Files with other extensions are counted, not tried. */
const extensions = new Set([
  '.png',
  '.jpg',
  '.jpeg',
  '.jfif',
  '.webp',
  '.gif',
  '.tif',
  '.tiff',
  '.avif',
  '.svg',
]);

/**
 * Lists the image files of a folder and the folders below it. Hidden entries are left out; links are followed, each real folder
 * once. A sub-folder that cannot be read is reported in `skipped`; the folder itself throws `GANYMEDE_DATA_MISSING` or
 * `GANYMEDE_DATA_UNREADABLE`.
 */
export async function listImages(folder: string): Promise<ImageList> {
  const files: string[] = [];
  const skipped: SkippedFile[] = [];
  const visited = new Set<string>();
  let others = 0;

  async function visit(relative: string): Promise<void> {
    const absolute = join(folder, relative);
    const real = await realpath(absolute);
    if (visited.has(real)) return;
    visited.add(real);
    for (const entry of (await readdir(absolute)).sort()) {
      if (entry.startsWith('.')) continue;
      const path = relative === '' ? entry : `${relative}/${entry}`;
      try {
        const isFolder = (await stat(join(folder, path))).isDirectory();
        if (isFolder) await visit(path);
        else if (extensions.has(extname(entry).toLowerCase())) files.push(path);
        else others++;
      } catch (error) {
        skipped.push({ file: path, reason: (error as Error).message });
      }
    }
  }

  try {
    await visit('');
  } catch (cause) {
    throw openError(folder, 'image folder', cause);
  }
  return { files: files.sort(), skipped, others };
}
