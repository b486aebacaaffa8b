import { concat } from '../operators/concat.js';
import { constant } from '../operators/constant.js';
import { gather } from '../operators/gather.js';
import { zeros } from '../operators/full.js';
import { pad } from '../operators/pad.js';
import { reshape } from '../operators/reshape.js';
import { type Dim, productOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { value } from '../value.js';
import type { Window } from './geometry.js';

/** Every combination of one index per axis, the last axis running fastest. */
export const indicesOf = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>(
    (all, n) => all.flatMap((at) => Array.from({ length: n }, (_, i) => [...at, i])),
    [[]],
  );

/** Index of an element among all of an image's, or undefined outside of it. */
export function offsetIn(sizes: readonly number[], at: readonly number[]): number | undefined {
  let offset = 0;
  for (let i = 0; i < sizes.length; i++) {
    const [size, x] = [sizes[i] as number, at[i] as number];
    if (x < 0 || x >= size) return undefined;
    offset = offset * size + x;
  }
  return offset;
}

/**
 * Picks pixels of a channels-last image `[N, ...spatial, C]` by their index in the image; `undefined` stands for a pixel of
 * zeros. The result is `[N, indices, C]`. One Gather copies whole pixels, which is the fastest way to rearrange them.
 */
export function pickPixels(image: Tensor, indices: readonly (number | undefined)[]): Tensor {
  const [batch = 1, channels = 1] = [image.shape[0], image.shape.at(-1)];
  const count = Number(productOf(image.shape.slice(1, -1)));
  const pixels = reshape(image, [batch, count, channels]);
  if (count === indices.length && indices.every((index, i) => index === i)) return pixels;
  const source = indices.includes(undefined) ? withZeroPixel(pixels, batch) : pixels;
  const list = BigInt64Array.from(indices, (index) => BigInt(index ?? count));
  return gather(source, constant(value('int64', [list.length], list)), 1);
}

function withZeroPixel(pixels: Tensor, batch: Dim): Tensor {
  // Joining a constant is faster than padding, but its batch size must be known.
  if (typeof batch !== 'number') return pad(pixels, [0, 0, 0, 0, 1, 0]);
  return concat([pixels, zeros([batch, 1, pixels.shape[2] ?? 1], pixels.dtype)], 1);
}

/**
 * What each window of a convolution sees, one row per window: `[N, ...spatial, C]` to `[N * windows, kernel elements * C]`,
 * `C` running fastest. `counts` are the numbers of windows along each spatial axis.
 */
export function columnsOf(
  image: Tensor,
  kernel: readonly number[],
  counts: readonly number[],
  { strides, pads, dilations }: Window,
): Tensor {
  const sizes = image.shape.slice(1, -1).map(Number);
  const elements = indicesOf(kernel);
  const indices = indicesOf(counts).flatMap((window) =>
    elements.map((element) =>
      offsetIn(
        sizes,
        window.map(
          (w, i) => w * (strides[i] ?? 1) + (element[i] as number) * (dilations[i] ?? 1) - (pads[i] ?? 0),
        ),
      ),
    ),
  );
  const [batch = 1, channels = 1] = [image.shape[0], image.shape.at(-1)];
  return reshape(pickPixels(image, indices), [
    productOf([batch, ...counts]),
    productOf([elements.length, channels]),
  ]);
}
