import { value, valueOf } from '@ganymede/tensor';
import { testDataset } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { arrays } from './arrays.js';

const images = () =>
  value(
    'float32',
    [4, 1, 2, 2],
    Float32Array.from({ length: 16 }, (_, i) => i / 8 - 1),
  );
const labels = () => value('int32', [4], Int32Array.of(0, 1, 2, 1));

testDataset({
  name: 'arrays',
  create: () => arrays({ images: images(), labels: labels() }, { classes: { labels: 3 } }),
});
testDataset({ name: 'arrays of int64', create: () => arrays({ ids: valueOf([3, 1, 2], [3, 1], 'int64') }) });

const code = (error: string) => expect.objectContaining({ code: `GANYMEDE_DATA_${error}` });

describe('arrays', () => {
  it('reads rows of every field', async () => {
    const batch = await arrays({ images: images(), labels: labels() }).read([2, 0]);
    expect([...batch.images!.data]).toEqual([0, 0.125, 0.25, 0.375, -1, -0.875, -0.75, -0.625]);
    expect([...batch.labels!.data]).toEqual([2, 0]);
  });

  it('stacks single values', async () => {
    const dataset = arrays({ points: [valueOf([1, 2]), valueOf([3, 4]), valueOf([5, 6])] });
    expect(dataset.length).toBe(3);
    expect([...(await dataset.read([1])).points!.data]).toEqual([3, 4]);
  });

  it('names the example that holds NaN or infinity', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const broken = images();
      broken.data[9] = bad;
      expect(() => arrays({ images: broken })).toThrow(
        expect.objectContaining({
          code: 'GANYMEDE_DATA_NON_FINITE',
          message: expect.stringContaining(`field "images": example 2 holds ${bad}`),
          data: { field: 'images', index: 2, element: 1 },
        }),
      );
    }
  });

  it('refuses mixed sizes, unequal counts, no examples, bytes that are not scaled', () => {
    expect(() => arrays({ images: [valueOf([0, 0]), valueOf([0])] })).toThrow(code('SHAPE'));
    expect(() => arrays({ images: images(), labels: valueOf([1, 2], [2], 'int32') })).toThrow(code('COUNT'));
    expect(() => arrays({})).toThrow(code('EMPTY'));
    expect(() => arrays({ images: [] })).toThrow(code('EMPTY'));
    expect(() => arrays({ images: valueOf([0, 255], [2, 1, 1, 1]) })).toThrow(code('RANGE'));
  });

  it('hashes content: one bit changes it', async () => {
    const changed = images();
    changed.data[0] = -0.5;
    const hashes = [images(), images(), changed].map((x) => arrays({ images: x }).hash());
    const [a, b, c] = await Promise.all(hashes);
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });
});
