import { value } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { arrays } from './arrays.js';
import { split } from './split.js';

const numbers = arrays({
  n: value(
    'int32',
    [50],
    Int32Array.from({ length: 50 }, (_, i) => i),
  ),
});
const contents = async (part: typeof numbers) =>
  [...(await part.read(Array.from({ length: part.length }, (_, i) => i))).n!.data].map(Number);

describe('split', () => {
  it('parts share nothing and together hold all, in a random choice that the seed fixes', async () => {
    const { first, rest } = split(numbers, { fraction: 0.8, seed: 3 });
    const [a, b] = [await contents(first), await contents(rest)];
    expect([a.length, b.length]).toEqual([40, 10]);
    expect([...a, ...b].sort((x, y) => x - y)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(await contents(split(numbers, { count: 40, seed: 3 }).rest)).toEqual(b);
    expect(await contents(split(numbers, { count: 40, seed: 4 }).rest)).not.toEqual(b);
    expect(b).not.toEqual(Array.from({ length: 10 }, (_, i) => 40 + i));
  });

  it.each([
    { count: 0 },
    { count: 50 },
    { count: 2.5 },
    { fraction: 0 },
    { fraction: 1 },
    { fraction: Number.NaN },
  ])('refuses an empty part: %j', (options) => {
    expect(() => split(numbers, options)).toThrow(expect.objectContaining({ code: 'GANYMEDE_DATA_SPLIT' }));
  });
});
