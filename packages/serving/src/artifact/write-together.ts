import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { GanymedeError } from '@ganymede/tensor';

/**
 * Writes files that belong together so that none is ever half there: each to a temporary name beside its own, flushed to disk,
 * and only when all are there renamed, in order. Nothing is left behind on failure.
 *
 * Throws `GANYMEDE_WRITE` naming the file.
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
    throw new GanymedeError('GANYMEDE_WRITE', {
      message: `cannot write ${current}: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'check that the folder exists, may be written to, and has space left',
      data: { file: current },
      cause,
    });
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
