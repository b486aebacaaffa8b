import { nodeModule } from './node-module.js';
import { GanymedeError } from '@ganymede/tensor';

const { open, rename, rm } = nodeModule('node:fs/promises');
const { basename, dirname, join } = nodeModule('node:path');
const process = nodeModule('node:process');

let written = 0;

/** What names of unfinished files begin with; a file of this name left by a killed process is rubbish. */
export const temporaryPrefix = '.tmp-';

/** Turns a failed write into `GANYMEDE_DISK_FULL` or `GANYMEDE_WRITE`, naming the path. */
export function writeError(path: string, cause: unknown): GanymedeError {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new GanymedeError('GANYMEDE_DISK_FULL', {
      message: `no space left to write "${path}"`,
      hint: 'free some space and try again; nothing half-written was kept, what was there before is untouched',
      data: { path },
      cause,
    });
  }
  return new GanymedeError('GANYMEDE_WRITE', {
    message: `cannot write "${path}" (${code ?? String(cause)})`,
    hint: 'check that the folder exists and may be written to',
    data: { path },
    cause,
  });
}

/** Makes the directory's list of names durable, where the system can (Windows cannot). */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch {
    // Some file systems refuse to sync a directory; the file's own contents are safe by then.
  } finally {
    await handle?.close();
  }
}

type Content = string | Uint8Array | readonly Uint8Array[];

/**
 * Writes a file so that `path` holds either what it held or all of `content` (parts are joined), whatever happens: temporary
 * name, fsync, rename, fsync of the folder. Throws `GANYMEDE_DISK_FULL` or `GANYMEDE_WRITE`, leaving no temporary file.
 */
export const writeFileDurably = (path: string, content: Content): Promise<void> =>
  writeFilesDurably([[path, content]]);

/**
 * {@link writeFileDurably} for files that belong together: all are on the disk under temporary names before the first is renamed,
 * in order.
 */
export async function writeFilesDurably(
  files: readonly (readonly [path: string, content: Content])[],
): Promise<void> {
  const pending: (readonly [temporary: string, path: string])[] = [];
  let current = '';
  try {
    for (const [path, content] of files) {
      current = path;
      const name = `${temporaryPrefix}${basename(path)}-${process.pid}-${written++}`;
      const temporary = join(dirname(path), name);
      pending.push([temporary, path]);
      await writeThrough(temporary, content);
    }
    for (const [temporary, path] of pending) {
      current = path;
      await rename(temporary, path);
    }
  } catch (cause) {
    // What went wrong is the writing; a failing clean-up must not hide it.
    await Promise.all(pending.map(([temporary]) => rm(temporary, { force: true }).catch(() => {})));
    throw writeError(current, cause);
  }
  for (const folder of new Set(files.map(([path]) => dirname(path)))) await syncFolder(folder);
}

async function writeThrough(path: string, content: Content): Promise<void> {
  const parts = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  const handle = await open(path, 'wx');
  try {
    for (const part of parts) await handle.writeFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
