import { expect, it } from 'vitest';
import { mergeOptions } from './merge-options.js';

it('merges groups, replaces lists and values, and leaves what it was given alone', () => {
  const base = { width: 8, policy: { rate: 1, clip: 5 }, widths: [1, 2, 3] };
  expect(mergeOptions(base, { policy: { rate: 2 }, widths: [4] })).toEqual({
    width: 8,
    policy: { rate: 2, clip: 5 },
    widths: [4],
  });
  expect(base.policy.rate).toBe(1);
  expect(mergeOptions(undefined, { a: 1 })).toEqual({ a: 1 });
  expect(mergeOptions({ a: 1 })).toEqual({ a: 1 });
  expect(mergeOptions({ a: 1 }, { a: { b: 2 } })).toEqual({ a: { b: 2 } });
});
