import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { GanymedeError } from '@ganymede/tensor';

/**
 * Writes files that belong together so that none is ever half there: each to a temporary name beside its own, flushed to disk,
 * and only when all are there renamed, in order. Nothing is left behind on failure.
 *
 * Throws `GANYMEDE_DISK_FULL`, `GANYMEDE_WRITE`, each naming the file.
 */
export async function writeTogether(
  files: readonly (readonly [file: string, content: Uint8Array | string])[],
): Promise<void> {
  const pending: string[] = [];
  let current = '';
  try {
    for (const [file, content] of files) {
      current = file;
      const temporary = `${file}.${randomUUID()}.tmp`;
      pending.push(temporary);
      await writeThrough(temporary, content);
    }
    for (const [i, [file]] of files.entries()) {
      current = file;
      await rename(pending[i] as string, file);
    }
    await syncFolder(path.dirname(current));
  } catch (cause) {
    await Promise.all(pending.map((file) => rm(file, { force: true })));
    throw writeError(current, cause);
  }
}

async function writeThrough(file: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the renames themselves durable; not every system can open a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch {
    // A file system that cannot flush a folder has done what it can.
  } finally {
    await handle?.close();
  }
}

function writeError(file: string, cause: unknown): GanymedeError {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new GanymedeError('GANYMEDE_DISK_FULL', {
      message: `no space left to write "${file}"`,
      hint: 'free some space and export again; nothing half-written was kept',
      data: { file },
      cause,
    });
  }
  return new GanymedeError('GANYMEDE_WRITE', {
    message: `cannot write "${file}" (${code ?? String(cause)})`,
    hint: 'check that the folder exists and may be written to',
    data: { file },
    cause,
  });
}
