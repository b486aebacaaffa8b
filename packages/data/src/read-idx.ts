import { GanymedeError } from '@ganymede/tensor';
import { readBytes } from './read-bytes.js';

/** Contents of an IDX file of unsigned bytes. */
export interface IdxArray {
  readonly dims: readonly number[];
  readonly data: Uint8Array;
}

const kinds: Readonly<Record<number, string>> = { 2049: 'labels', 2051: 'grey images' };

function fail(
  path: string,
  code: 'MAGIC' | 'TRUNCATED' | 'LENGTH',
  message: string,
  data: Record<string, unknown>,
): never {
  throw new GanymedeError(`GANYMEDE_DATA_${code}`, {
    message: `IDX file "${path}" ${message}`,
    hint:
      code === 'MAGIC'
        ? 'an image file starts with 2051, a label file with 2049; were the two given in the wrong order?'
        : 'copy or download the file again and compare its size and checksum',
    data: { path, ...data },
  });
}

/**
 * Reads an IDX file (LeCun, Cortes, Burges: the format of MNIST), plain or gzip: a big-endian magic number whose last byte is
 * the rank, one 32-bit size per dimension, then the bytes.
 *
 * @param rank 3 for images `[count, height, width]`, 1 for labels `[count]`
 * @throws `GANYMEDE_DATA_MAGIC` not such a file; `GANYMEDE_DATA_TRUNCATED` shorter than its header says;
 * `GANYMEDE_DATA_LENGTH` longer; and what {@link readBytes} throws
 */
export async function readIdx(path: string, rank: 1 | 3): Promise<IdxArray> {
  const bytes = await readBytes(path, 'IDX file');
  const expected = 0x800 + rank;
  if (bytes.length < 4)
    fail(path, 'TRUNCATED', `has ${bytes.length} bytes, not even a header`, { bytes: bytes.length });
  const magic = bytes.readUInt32BE(0);
  if (magic !== expected) {
    const came = kinds[magic] === undefined ? '' : ` (${kinds[magic]})`;
    fail(
      path,
      'MAGIC',
      `should start with ${expected} (${kinds[expected]}), but starts with ${magic}${came}`,
      {
        expected,
        magic,
      },
    );
  }
  const header = 4 + 4 * rank;
  if (bytes.length < header) fail(path, 'TRUNCATED', `ends inside its header`, { bytes: bytes.length });
  const dims = Array.from({ length: rank }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  const wanted = header + dims.reduce((product, d) => product * d, 1);
  if (bytes.length !== wanted) {
    const code = bytes.length < wanted ? 'TRUNCATED' : 'LENGTH';
    fail(path, code, `promises ${dims.join(' x ')} = ${wanted} bytes, but has ${bytes.length}`, {
      expected: wanted,
      bytes: bytes.length,
      dims,
    });
  }
  return { dims, data: bytes.subarray(header) };
}
