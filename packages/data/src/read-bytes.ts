import { nodeModule } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';

const { readFile } = nodeModule('node:fs/promises');
const { promisify } = nodeModule('node:util');
const { gunzip } = nodeModule('node:zlib');

const unzip = (bytes: Uint8Array): Promise<Buffer> => promisify(gunzip)(bytes);

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

/** The error for a data file or folder that cannot be opened: `GANYMEDE_DATA_MISSING` or `GANYMEDE_DATA_UNREADABLE`. */
export function openError(path: string, what: string, cause: unknown): GanymedeError {
  if (codeOf(cause) === 'ENOENT') {
    return new GanymedeError('GANYMEDE_DATA_MISSING', {
      message: `${what} "${path}" does not exist`,
      hint: `check the path; relative paths start at ${process.cwd()}`,
      data: { path },
      cause,
    });
  }
  return new GanymedeError('GANYMEDE_DATA_UNREADABLE', {
    message: `${what} "${path}" cannot be read (${codeOf(cause) || String(cause)})`,
    hint: 'check that it is of the right kind (file or folder) and that you may read it',
    data: { path },
    cause,
  });
}

/**
 * The bytes of a file, unpacked where its first bytes are gzip's. Throws `GANYMEDE_DATA_MISSING`,
 * `GANYMEDE_DATA_UNREADABLE`, `GANYMEDE_DATA_TRUNCATED` (gzip cut short) or `GANYMEDE_DATA_CORRUPT` (gzip damaged).
 */
export async function readBytes(path: string, what: string): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw openError(path, what, cause);
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await unzip(bytes);
  } catch (cause) {
    const cut = codeOf(cause) === 'Z_BUF_ERROR';
    throw new GanymedeError(cut ? 'GANYMEDE_DATA_TRUNCATED' : 'GANYMEDE_DATA_CORRUPT', {
      message: `${what} "${path}" is gzip, but ${cut ? 'ends too early' : `damaged (${(cause as Error).message})`}`,
      hint: 'copy or download the file again and compare its size and checksum',
      data: { path, bytes: bytes.length },
      cause,
    });
  }
}
