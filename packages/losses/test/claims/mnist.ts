import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createRng, type Dataset } from '@ganymede/core';
import { idx } from '@ganymede/data';
import type { TensorType, Value } from '@ganymede/tensor';

const shared =
  process.env.GANYMEDE_SHARED ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));
const folder = `${shared}/data/mnist`;

/** Undefined where MNIST is on this machine, otherwise what is missing. */
export const lacksMnist = (): string | undefined => (existsSync(folder) ? undefined : folder);

/** The 60 000 digits, or the 10 000 of the test set. */
export const digits = (set: 'train' | 't10k' = 'train'): Promise<Dataset> =>
  idx({ images: `${folder}/${set}` });

/** `count` rows of pixels in [-1, 1] and their labels. */
export const digitTypes = (count: number) =>
  ({
    images: { dtype: 'float32', shape: [count, 784] },
    labels: { dtype: 'int32', shape: [count] },
  }) satisfies Record<string, TensorType>;

/** Digits as rows of pixels. */
export interface Digits {
  readonly images: Value;
  readonly labels: Value;
}

/** The digits at `indices`. */
export async function readDigits(data: Dataset, indices: Uint32Array): Promise<Digits> {
  const { images, labels } = await data.read(indices);
  return { images: { ...(images as Value), shape: [indices.length, 784] } as Value, labels: labels as Value };
}

/** Batches of `size`, in a new order each epoch. */
export function digitBatches(data: Dataset, seed: number, size = 100): (i: number) => Promise<Digits> {
  const perEpoch = Math.floor(data.length / size);
  let epoch = -1;
  let order: Uint32Array = new Uint32Array();
  return (i) => {
    const wanted = Math.floor(i / perEpoch);
    if (wanted !== epoch) {
      order = createRng(seed).child('order').permutation(data.length, wanted);
      epoch = wanted;
    }
    const at = (i % perEpoch) * size;
    return readDigits(data, order.subarray(at, at + size));
  };
}

/** The column of the largest of each row's `width` numbers. */
export const largestColumns = (numbers: readonly number[], width: number): number[] =>
  Array.from({ length: numbers.length / width }, (_, i) => {
    const row = numbers.slice(i * width, (i + 1) * width);
    return row.indexOf(Math.max(...row));
  });
