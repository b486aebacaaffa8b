import { describe, expect, it } from 'vitest';
import { evaluate } from '../evaluate.js';
import { input } from '../operators/input.js';
import { type Value, valueOf } from '../value.js';
import { columnsOf, indicesOf, offsetIn, pickPixels, readColumns } from './columns.js';

/** What a window sees, one element after the other, read from `[N, H, W, C]` by hand. */
function seen(
  image: Value,
  [kh, kw]: readonly [number, number],
  [oh, ow]: readonly [number, number],
  stride: readonly [number, number],
  pad: readonly [number, number],
): number[] {
  const [n = 0, h = 0, w = 0, c = 0] = image.shape;
  const result: number[] = [];
  for (const [b = 0, o = 0, p = 0, i = 0, j = 0, k = 0] of indicesOf([n, oh, ow, kh, kw, c])) {
    const at = offsetIn([h, w], [o * stride[0] + i - pad[0], p * stride[1] + j - pad[1]]);
    result.push(at === undefined ? 0 : Number(image.data[(b * h * w + at) * c + k]));
  }
  return result;
}

const numbered = (shape: readonly number[]): Value =>
  valueOf(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1),
    shape,
  );

describe('columnsOf', () => {
  it.each([
    ['many channels', [2, 5, 6, 9], [3, 3], [3, 3], [2, 2], [1, 1]],
    ['one channel, neighbours picked together', [2, 6, 6, 1], [4, 4], [3, 3], [2, 2], [1, 1]],
    ['one channel, an edge that no window reaches', [1, 7, 7, 1], [2, 2], [3, 3], [2, 2], [0, 0]],
    ['three channels and uneven strides', [1, 6, 9, 3], [2, 2], [5, 5], [1, 2], [0, 1]],
    ['three channels under a large kernel, rows first', [2, 9, 8, 3], [5, 5], [9, 8], [1, 1], [2, 2]],
    ['one channel under a larger kernel with strides', [1, 12, 11, 1], [7, 9], [6, 1], [1, 3], [0, 0]],
    ['whole rows', [2, 6, 4, 1], [3, 4], [4, 1], [1, 1], [0, 0]],
    ['single pixels', [2, 3, 4, 2], [1, 1], [3, 4], [1, 1], [0, 0]],
  ] as const)('lists what each window sees: %s', (_name, shape, kernel, counts, strides, pads) => {
    const image = numbered(shape);
    const window = { strides, pads: [...pads, ...pads], dilations: [1, 1] };
    const columns = columnsOf(input('image', shape), kernel, counts, window);
    const [kh, kw] = kernel;
    expect(columns.shape).toEqual([shape[0] * counts[0] * counts[1], kh * kw * shape[3]]);
    const { got } = evaluate({ got: columns }, { image });
    expect(Array.from(got?.data as Float32Array)).toEqual(seen(image, kernel, counts, strides, pads));
  });

  it('can be read back', () => {
    const window = { strides: [1, 1], pads: [1, 1, 1, 1], dilations: [1, 1] };
    const image = input('image', [2, 5, 6, 9]);
    const read = readColumns(columnsOf(image, [3, 3], [5, 6], window));
    expect(read).toMatchObject({ sizes: [5, 6], kernel: [3, 3], counts: [5, 6], ...window });
    expect(read?.pixels.shape).toEqual([2, 30, 9]);
    expect(readColumns(image)).toBeUndefined();
  });

  it('picks pixels of a batch whose size has a name, zeros included', () => {
    const picked = pickPixels(input('image', ['N', 2, 1]), [1, undefined, 0]);
    const { got } = evaluate({ got: picked }, { image: valueOf([1, 2, 3, 4], [2, 2, 1]) });
    expect(got?.shape).toEqual([2, 3, 1]);
    expect(Array.from(got?.data as Float32Array)).toEqual([2, 0, 1, 4, 0, 3]);
  });
});
