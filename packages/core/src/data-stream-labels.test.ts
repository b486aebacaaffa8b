import { type Value, valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { createRng } from './create-rng.js';
import { createDataStream } from './data-stream.js';
import type { Dataset } from './dataset.js';

/** Points with labels. */
const labelled = (
  labels: readonly number[],
  classes: number | undefined,
  dtype: 'int32' | 'float32' = 'int32',
) => {
  const dataset: Dataset = {
    summary: 'labelled points',
    length: labels.length,
    fields: {
      points: { dtype: 'float32', shape: [1] },
      labels: { dtype, shape: [], ...(classes === undefined ? {} : { classes }) },
    },
    read: async (indices): Promise<Record<string, Value>> => ({
      points: valueOf(Array.from(indices), [indices.length, 1]),
      labels: valueOf(
        Array.from(indices, (i) => labels[i] as number),
        [indices.length],
        dtype,
      ),
    }),
    hash: async () => '',
  };
  return createDataStream({ dataset, batchSize: labels.length, rng: createRng(1), shuffle: false });
};

it.each([
  [[0, 1, 3, 2], 'example 2 is 3'],
  [[0, -1, 1, 2], 'example 1 is -1'],
])('labels %j of three classes are refused, naming the example', async (labels, text) => {
  await expect(labelled(labels, 3).next()).rejects.toMatchObject({
    code: 'GANYMEDE_LABEL',
    message: expect.stringContaining(`field "labels" of ${text}, expected a class from 0 to 2 (3 classes)`),
  });
});

it('labels that are no whole numbers are refused', async () => {
  await expect(labelled([0, 0.5], 2, 'float32').next()).rejects.toMatchObject({ code: 'GANYMEDE_LABEL' });
});

it('labels that are classes, and labels of who knows how many, are read', async () => {
  expect((await labelled([0, 1, 2], 3).next()).labels?.data).toEqual(Int32Array.of(0, 1, 2));
  expect((await labelled([7, -1], undefined).next()).labels?.data).toEqual(Int32Array.of(7, -1));
});
