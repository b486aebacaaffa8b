import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { testDataset } from '@ganymede/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idx } from './idx.js';

const shared = process.env.GANYMEDE_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
const mnist = join(shared, 'data/mnist');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ganymede-idx-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const header = (...numbers: number[]) => {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((n, i) => void bytes.writeUInt32BE(n, 4 * i));
  return bytes;
};

/** `count` images of 4 x 3, pixel p of image i being 10 i + p, and labels i mod 3. */
const imageBytes = (count: number) =>
  Buffer.concat([
    header(2051, count, 4, 3),
    Buffer.from(Array.from({ length: 12 * count }, (_, k) => 10 * Math.floor(k / 12) + (k % 12))),
  ]);
const labelBytes = (count: number) =>
  Buffer.concat([header(2049, count), Buffer.from(Array.from({ length: count }, (_, i) => i % 3))]);

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const pair = async () => ({
  images: await file('five-images', imageBytes(5)),
  labels: await file('five-labels.gz', gzipSync(labelBytes(5))),
});

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: { code?: string }) => error.code,
  );

testDataset({ name: 'idx', create: async () => idx(await pair()), modules: [idx] });
testDataset({ name: 'idx, padded', create: async () => idx({ ...(await pair()), size: 6 }), modules: [idx] });

describe('idx', () => {
  it('reads plain and gzip files, scaled to [-1, 1]', async () => {
    const dataset = await idx(await pair());
    expect(dataset.summary).toBe('idx five-images 4x3x1, 5 images, 3 classes');
    expect(dataset.fields).toEqual({
      images: { dtype: 'float32', shape: [1, 4, 3] },
      labels: { dtype: 'int32', shape: [], classes: 3 },
    });
    const { images, labels } = await dataset.read([4, 0]);
    expect([...labels!.data]).toEqual([1, 0]);
    expect(images!.data[0]).toBeCloseTo(40 / 127.5 - 1, 6);
    expect(images!.data[12 + 11]).toBeCloseTo(11 / 127.5 - 1, 6);
  });

  it('goes without labels', async () => {
    const dataset = await idx({ images: (await pair()).images });
    expect(Object.keys(dataset.fields)).toEqual(['images']);
  });

  it('pads to a size on black, in the middle', async () => {
    const { images } = await (await idx({ ...(await pair()), size: 6 })).read([4]);
    expect(images!.shape).toEqual([1, 1, 6, 6]);
    expect(images!.data.slice(0, 6)).toEqual(new Float32Array(6).fill(-1));
    expect(images!.data[6]).toBe(-1);
    expect(images!.data[7]).toBeCloseTo(40 / 127.5 - 1, 6);
  });

  it('finds the files of a folder, and of the start of their names', async () => {
    const names = [
      't10k-images-idx3-ubyte',
      'train-images-idx3-ubyte.gz',
      'train-labels-idx1-ubyte',
    ] as const;
    await file(names[0], imageBytes(2));
    await file(names[1], gzipSync(imageBytes(7)));
    await file(names[2], labelBytes(7));
    const train = await idx({ images: folder });
    expect([train.length, Object.keys(train.fields)]).toEqual([7, ['images', 'labels']]);
    const test = await idx({ images: join(folder, 't10k') });
    expect([test.length, Object.keys(test.fields)]).toEqual([2, ['images']]);
  });

  it.each([
    ['GANYMEDE_DATA_MAGIC', 'png', Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
    ['GANYMEDE_DATA_MAGIC', 'labels as images', labelBytes(40)],
    ['GANYMEDE_DATA_TRUNCATED', 'empty', Buffer.alloc(0)],
    ['GANYMEDE_DATA_TRUNCATED', 'half a header', imageBytes(5).subarray(0, 10)],
    ['GANYMEDE_DATA_TRUNCATED', 'one byte short', imageBytes(5).subarray(0, -1)],
    ['GANYMEDE_DATA_TRUNCATED', 'gzip of one byte short', gzipSync(imageBytes(5).subarray(0, -1))],
    ['GANYMEDE_DATA_TRUNCATED', 'gzip cut short', gzipSync(imageBytes(5)).subarray(0, -12)],
    ['GANYMEDE_DATA_LENGTH', 'one byte long', Buffer.concat([imageBytes(5), Buffer.from([0])])],
    ['GANYMEDE_DATA_EMPTY', 'no images', imageBytes(0)],
  ])('%s: %s', async (code, name, bytes) => {
    expect(await codeOf(idx({ images: await file(name, bytes) }))).toBe(code);
  });

  it('GANYMEDE_DATA_CORRUPT: gzip with a flipped bit', async () => {
    const bytes = gzipSync(imageBytes(5));
    bytes[20]! ^= 8;
    expect(await codeOf(idx({ images: await file('flipped', bytes) }))).toBe('GANYMEDE_DATA_CORRUPT');
  });

  it('GANYMEDE_DATA_COUNT: labels of other images', async () => {
    const labels = await file('four', labelBytes(4));
    await expect(idx({ ...(await pair()), labels })).rejects.toMatchObject({
      code: 'GANYMEDE_DATA_COUNT',
      data: { images: 5, labels: 4 },
    });
  });

  it('GANYMEDE_DATA_MISSING and GANYMEDE_DATA_EMPTY: no file, a folder without IDX files', async () => {
    expect(await codeOf(idx({ images: join(folder, 'nowhere') }))).toBe('GANYMEDE_DATA_MISSING');
    const empty = await mkdtemp(join(folder, 'empty-'));
    expect(await codeOf(idx({ images: empty }))).toBe('GANYMEDE_DATA_EMPTY');
    expect(await codeOf(idx({ ...(await pair()), labels: empty }))).toBe('GANYMEDE_DATA_UNREADABLE');
  });
});

describe('idx on MNIST', () => {
  it('reads the training set: 60 000, first label 5, the known mean and deviation', async (ctx) => {
    if (!existsSync(mnist)) ctx.skip(`no MNIST at ${mnist}`);
    const dataset = await idx({ images: mnist });
    expect(dataset.summary).toBe('idx train-images-idx3-ubyte.gz 28x28x1, 60 000 images, 10 classes');
    expect(dataset.source?.options).toMatchObject({ images: resolve(mnist, 'train-images-idx3-ubyte.gz') });
    const { images, labels } = await dataset.read(Array.from({ length: 60_000 }, (_, i) => i));
    expect([...labels!.data.slice(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    const ink = images!.data as Float32Array;
    let [sum, squares] = [0, 0];
    for (const x of ink) {
      sum += (x + 1) / 2;
      squares += ((x + 1) / 2) ** 2;
    }
    const mean = sum / ink.length;
    // The figures everybody normalises MNIST with.
    expect(mean).toBeCloseTo(0.1307, 4);
    expect(Math.sqrt(squares / ink.length - mean * mean)).toBeCloseTo(0.3081, 4);
  });

  it('reads the test set by the start of its names, padded to 32', async (ctx) => {
    if (!existsSync(mnist)) ctx.skip(`no MNIST at ${mnist}`);
    const dataset = await idx({ images: join(mnist, 't10k'), size: 32 });
    const { images, labels } = await dataset.read([0]);
    expect([dataset.length, images!.shape, labels!.data[0]]).toEqual([10_000, [1, 1, 32, 32], 7]);
  });
});
