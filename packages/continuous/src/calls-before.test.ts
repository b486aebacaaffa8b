import { describe, expect, it } from 'vitest';
import { callsBefore, type ShareOfUpdates } from './calls-before.js';

describe('callsBefore', () => {
  const first = (share: ShareOfUpdates) => [0, 1, 2, 3, 4, 5].map(callsBefore(share));

  it('numbers the updates of two steps without a gap', () => {
    // D, D, both; D, D, both: five critics would be four and one.
    expect(first({ of: 3, after: 0, makes: 2, calls: 1 })).toEqual([0, 1, 3, 4, 6, 7]);
    expect(first({ of: 3, after: 2, makes: 1, calls: 1 })).toEqual([2, 5, 8, 11, 14, 17]);
    // Both, G; both, G.
    expect(first({ of: 2, after: 0, makes: 1, calls: 1 })).toEqual([0, 2, 4, 6, 8, 10]);
    expect(first({ of: 2, after: 1, makes: 1, calls: 1 })).toEqual([1, 3, 5, 7, 9, 11]);
  });

  it('counts the calls of updates that take several', () => {
    expect(first({ of: 2, after: 0, makes: 1, calls: 2 })).toEqual([0, 1, 4, 5, 8, 9]);
    expect(first({ of: 2, after: 1, makes: 1, calls: 2 })).toEqual([2, 3, 6, 7, 10, 11]);
  });
});
