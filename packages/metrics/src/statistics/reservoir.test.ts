import { createRng } from '@ganymede/core';
import { type Value, valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { rawFeatures } from '../features/raw-features.js';
import { collectFeatures } from './reservoir.js';

/** The numbers 0 … count-1 in batches. */
async function* counted(count: number, batch: number): AsyncIterable<Value> {
  for (let from = 0; from < count; from += batch) {
    const rows = Array.from({ length: Math.min(batch, count - from) }, (_, i) => from + i);
    yield valueOf(rows, [rows.length, 1]);
  }
}
const network = rawFeatures({ shape: [1] });

it('keeps all, in order, without a capacity', async () => {
  const { data, shape } = await collectFeatures(counted(100, 7), network);
  expect(shape).toEqual([100, 1]);
  expect([...data]).toEqual(Array.from({ length: 100 }, (_, i) => i));
});

it('keeps each of a longer stream with the same chance', async () => {
  const times = new Float64Array(50);
  for (let seed = 0; seed < 600; seed++) {
    const options = { capacity: 10, rng: createRng(seed) };
    const { data, shape } = await collectFeatures(counted(50, 50), network, options);
    expect(shape).toEqual([10, 1]);
    for (const x of data) times[x]! += 1;
  }
  // 120 expected, binomial with deviation 9.8.
  expect(Math.min(...times)).toBeGreaterThan(80);
  expect(Math.max(...times)).toBeLessThan(160);
  await expect(collectFeatures(counted(50, 8), network, { capacity: 10 })).rejects.toMatchObject({
    code: 'GANYMEDE_OPTION',
  });
});

it('tells how far it is', async () => {
  const seen: number[] = [];
  await collectFeatures(counted(20, 5), network, { expected: 20, progress: (done) => seen.push(done) });
  expect(seen).toEqual([5, 10, 15, 20]);
});
