import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { GanymedeError } from '@ganymede/tensor';

let written = 0;

/** What names of unfinished files begin with; a file of this name left by a killed process is rubbish. */
export const temporaryPrefix = '.tmp-';

/** Turns a failed write into `GANYMEDE_DISK_FULL` or `GANYMEDE_WRITE`, naming the path. */
export function writeError(path: string, cause: unknown): GanymedeError {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new GanymedeError('GANYMEDE_DISK_FULL', {
      message: `no space left to write "${path}"`,
      hint: 'free some space and resume; nothing half-written was kept, earlier checkpoints are untouched',
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

/**
 * Writes a file so that `path` holds either what it held or all of `content` (parts are joined), whatever happens: temporary name, fsync, rename,
 * fsync of the folder. Throws `GANYMEDE_DISK_FULL` or `GANYMEDE_WRITE`, leaving no temporary file.
 */
export async function writeFileDurably(
  path: string,
  content: string | Uint8Array | readonly Uint8Array[],
): Promise<void> {
  const parts = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  const folder = dirname(path);
  const temporary = join(folder, `${temporaryPrefix}${basename(path)}-${process.pid}-${written++}`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      for (const part of parts) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw writeError(path, cause);
  }
  await syncFolder(folder);
}
