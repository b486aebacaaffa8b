import { expect, test } from 'vitest';
import { createArrayPool } from './array-pool.js';

test('what is given back is taken again, by dtype and length', () => {
  const pool = createArrayPool();
  const first = pool.take('float32', 3);
  pool.give('float32', first);
  expect(pool.take('int32', 3)).not.toBe(first);
  expect(pool.take('float32', 4)).not.toBe(first);
  expect(pool.take('float32', 3)).toBe(first);
  expect(pool.take('float32', 3)).not.toBe(first);
});
