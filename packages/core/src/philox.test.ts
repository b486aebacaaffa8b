import { describe, expect, it } from 'vitest';
import { philox } from './philox.js';

const block = (counter: readonly number[], key: readonly number[]): string[] => {
  const out = new Uint32Array(4);
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = counter;
  philox(out, c0, c1, c2, c3, key[0] ?? 0, key[1] ?? 0);
  return Array.from(out, (x) => x.toString(16).padStart(8, '0'));
};

describe('philox 4x32-10', () => {
  // Random123's kat_vectors.
  it.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ])('gives the known answer for counter %j', (counter, key, expected) => {
    expect(block(counter, key).join(' ')).toBe(expected);
  });

  it('fills several blocks with consecutive counters', () => {
    const out = new Uint32Array(8);
    philox(out, 0xffffffff, 7, 8, 9, 1, 2);
    expect(Array.from(out.subarray(4), (x) => x.toString(16).padStart(8, '0'))).toEqual(
      block([0, 7, 8, 9], [1, 2]),
    );
  });
});
