import { GanymedeError, numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { createRng } from './create-rng.js';
import { createDataStream } from './data-stream.js';
import type { Dataset } from './dataset.js';

/** Example i is the number i. */
const counting = (length: number, bad = -1): Dataset & { reads: number } => ({
  summary: `${length} numbers`,
  length,
  reads: 0,
  fields: { points: { dtype: 'float32', shape: [2] } },
  async read(indices) {
    this.reads += 1;
    return {
      points: valueOf(
        Array.from(indices).flatMap((i) => [i, i === bad ? Number.NaN : -i]),
        [indices.length, 2],
      ),
    };
  },
  hash: async () => '',
});
const rng = createRng(5).child('data');
const examples = (batch: Readonly<Record<string, Value>>) =>
  numbersOf(batch.points as Value).filter((_, i) => i % 2 === 0);
const code = (error: unknown) => (GanymedeError.is(error) ? error.code : error);

describe('createDataStream', () => {
  it('hands out every example once an epoch, in a new order each time, dropping the rest', async () => {
    const stream = createDataStream({ dataset: counting(10), batchSize: 3, rng });
    expect(stream.batchesPerEpoch).toBe(3);
    const orders: number[][] = [];
    for (let epoch = 0; epoch < 3; epoch++) {
      const seen: number[] = [];
      for (let i = 0; i < 3; i++) seen.push(...examples(await stream.next()));
      expect(new Set(seen).size).toBe(9);
      orders.push(seen);
    }
    expect(orders[0]).not.toEqual(orders[1]);
    expect(orders[0]).toEqual(Array.from(rng.permutation(10, 0)).slice(0, 9));
    expect(stream.cursor).toEqual({ epoch: 2, batch: 3 });
  });

  it('goes on from any cursor as if it had not been interrupted', async () => {
    const whole = createDataStream({ dataset: counting(10), batchSize: 3, rng });
    const batches: number[][] = [];
    const cursors = [whole.cursor];
    for (let i = 0; i < 7; i++) {
      batches.push(examples(await whole.next()));
      cursors.push(whole.cursor);
    }
    for (let i = 0; i < 7; i++) {
      const resumed = createDataStream({
        dataset: counting(10),
        batchSize: 3,
        rng,
        cursor: cursors[i] as never,
      });
      expect(examples(await resumed.next())).toEqual(batches[i]);
    }
  });

  it('yields what is left of an epoch, and nothing at its end', async () => {
    const stream = createDataStream({
      dataset: counting(6),
      batchSize: 2,
      rng,
      cursor: { epoch: 4, batch: 1 },
    });
    const count = async () => {
      let n = 0;
      for await (const _ of stream.epoch()) n += 1;
      return n;
    };
    expect([await count(), stream.cursor]).toEqual([2, { epoch: 5, batch: 0 }]);
    expect(await count()).toBe(3);
    const ended = createDataStream({
      dataset: counting(6),
      batchSize: 2,
      rng,
      cursor: { epoch: 4, batch: 3 },
    });
    for await (const _ of ended.epoch()) expect.unreachable();
    expect(ended.cursor).toEqual({ epoch: 5, batch: 0 });
  });

  it('reads in the order of the data where it is not to shuffle', async () => {
    const stream = createDataStream({ dataset: counting(6), batchSize: 2, rng, shuffle: false });
    const seen: number[] = [];
    for (let i = 0; i < 6; i++) seen.push(...examples(await stream.next()));
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]);
  });

  it('reads one batch ahead', async () => {
    const dataset = counting(6);
    const stream = createDataStream({ dataset, batchSize: 2, rng });
    await stream.next();
    expect(dataset.reads).toBe(2);
    await stream.next();
    expect(dataset.reads).toBe(3);
  });

  it('names field and example of a NaN, in the batch where it comes', async () => {
    const bad = 4;
    const stream = createDataStream({ dataset: counting(6, bad), batchSize: 2, rng });
    const at = Math.floor(rng.permutation(6, 0).indexOf(bad) / 2);
    for (let i = 0; i < at; i++) await stream.next();
    await expect(stream.next()).rejects.toMatchObject({
      code: 'GANYMEDE_DATA_NON_FINITE',
      data: { field: 'points', example: bad },
    });
  });

  it.each([0, 7, 1.5])('refuses a batch of %d of 6', (batchSize) => {
    expect(() => createDataStream({ dataset: counting(6), batchSize, rng })).toThrow(/from 1 to 6/);
    try {
      createDataStream({ dataset: counting(6), batchSize, rng });
    } catch (error) {
      expect(code(error)).toBe('GANYMEDE_BATCH_TOO_LARGE');
    }
  });
});
