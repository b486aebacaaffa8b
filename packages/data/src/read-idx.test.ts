import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readIdx } from './read-idx.js';

const shared = process.env.GANYMEDE_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
const mnist = join(shared, 'data/mnist');

describe('readIdx', () => {
  // MD5 of the unpacked original files, headers included.
  it.for([
    ['train-images-idx3-ubyte.gz', 60_000, '6bbc9ace898e44ae57da46a324031adb'],
    ['t10k-images-idx3-ubyte.gz', 10_000, '2646ac647ad5339dbf082846283269ea'],
  ] as const)('reads %s whole: the published MD5', async ([name, count, md5], ctx) => {
    if (!existsSync(mnist)) ctx.skip(`no MNIST at ${mnist}`);
    const { dims, data } = await readIdx(join(mnist, name), 3);
    expect(dims).toEqual([count, 28, 28]);
    const header = Buffer.alloc(16);
    for (const [i, n] of [2051, ...dims].entries()) header.writeUInt32BE(n, 4 * i);
    expect(createHash('md5').update(header).update(data).digest('hex')).toBe(md5);
  });
});
