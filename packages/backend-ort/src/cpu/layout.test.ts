import { evaluate, input, transpose, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { channelsLast, inverse, laid, permute, rearranged, storedShape } from './layout.js';

describe('layout', () => {
  it('counts channels last', () => {
    expect(channelsLast(4)).toEqual([0, 3, 1, 2]);
    expect(channelsLast(3)).toEqual([0, 2, 1]);
    expect(storedShape([2, 3, 4, 5], channelsLast(4))).toEqual([2, 4, 5, 3]);
    expect(inverse([0, 3, 1, 2])).toEqual([0, 2, 3, 1]);
    expect(laid(input('x', [2, 3]), [0, 1]).order).toBeUndefined();
  });

  it('rearranges between any two orders', () => {
    const stored = input('x', [2, 3, 4]);
    const feeds = {
      x: valueOf(
        Array.from({ length: 24 }, (_, i) => i),
        [2, 3, 4],
      ),
    };
    const order = [1, 2, 0];
    const logical = transpose(stored, order);
    for (const wanted of [undefined, [2, 0, 1], [0, 2, 1], order]) {
      const moved = rearranged({ stored, order }, wanted);
      const back = wanted === undefined ? moved : transpose(moved, wanted);
      const { got, want } = evaluate({ got: back, want: logical }, feeds);
      expect(got).toEqual(want);
    }
  });

  it('reshapes where only axes of size 1 move', () => {
    expect(permute(input('x', [2, 1, 5, 1]), [0, 2, 1, 3]).operator.name).toBe('Reshape');
    expect(permute(input('x', [2, 3]), [1, 0]).operator.name).toBe('Transpose');
  });
});
