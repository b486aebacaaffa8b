import { nodeModule } from '@ganymede/core';
import { type DecodeOptions, decodeImage } from './decode-image.js';
import type { SkippedFile } from './list-images.js';

const { createHash } = nodeModule('node:crypto');
const { readFile } = nodeModule('node:fs/promises');
const { availableParallelism } = nodeModule('node:os');
const { join } = nodeModule('node:path');

/** The images of a folder that decode. Once filled, it is only read. */
export interface ScannedImages {
  readonly files: readonly string[];
  /** SHA-256 of each file's bytes. */
  readonly digests: readonly string[];
  readonly skipped: readonly SkippedFile[];
  /** Pixels of one image: from memory while the budget lasted, otherwise decoded again. */
  pixels(index: number): Uint8Array | Promise<Uint8Array>;
}

interface Decoded {
  readonly file: string;
  readonly digest: string;
  readonly pixels: Uint8Array | undefined;
}

/** Says why a file did not decode, in one line. */
const reasonOf = (error: unknown): string => (error as Error).message.split('\n')[0] ?? 'unknown error';

/**
 * Reads and decodes every file once, some at a time, before training starts: whatever is unreadable is known by name then and
 * cannot stop a run half-way. Keeps decoded pixels up to `cacheBytes`. Errors of installation (`GANYMEDE_…`) are not a
 * file's fault and are thrown.
 */
export async function scanImages(
  folder: string,
  files: readonly string[],
  options: DecodeOptions,
  cacheBytes: number,
): Promise<ScannedImages> {
  const results: (Decoded | SkippedFile)[] = new Array(files.length);
  const bytesEach = options.channels * options.size * options.size;
  let budget = cacheBytes;
  let next = 0;

  async function work(): Promise<void> {
    while (next < files.length) {
      const index = next++;
      const file = files[index] as string;
      try {
        const bytes = await readFile(join(folder, file));
        const pixels = await decodeImage(bytes, options);
        budget -= bytesEach;
        const digest = createHash('sha256').update(bytes).digest('hex');
        results[index] = { file, digest, pixels: budget >= 0 ? pixels : undefined };
      } catch (error) {
        if (String((error as { code?: unknown }).code).startsWith('GANYMEDE_')) throw error;
        results[index] = { file, reason: reasonOf(error) };
      }
    }
  }

  await Promise.all(Array.from({ length: Math.max(4, availableParallelism()) }, work));
  const decoded = results.filter((result): result is Decoded => 'digest' in result);
  return {
    files: decoded.map(({ file }) => file),
    digests: decoded.map(({ digest }) => digest),
    skipped: results.filter((result): result is SkippedFile => 'reason' in result),
    pixels(index) {
      const { file, pixels } = decoded[index] as Decoded;
      return pixels ?? readFile(join(folder, file)).then((bytes) => decodeImage(bytes, options));
    },
  };
}
