import { concat } from '../operators/concat.js';
import { constant } from '../operators/constant.js';
import { gather } from '../operators/gather.js';
import { zeros } from '../operators/full.js';
import { pad } from '../operators/pad.js';
import { reshape } from '../operators/reshape.js';
import { slice } from '../operators/slice.js';
import { type Dim, productOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { type Value, value } from '../value.js';
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
  return gather(source, constant(listOf(indices, count)), 1);
}

/** Lists that were made: parts of a batch pick the same pixels, and the same value need not be compared again. */
const lists = new WeakMap<
  readonly (number | undefined)[],
  { readonly missing: number; readonly list: Value }
>();

function listOf(indices: readonly (number | undefined)[], missing: number): Value {
  const known = lists.get(indices);
  if (known?.missing === missing) return known.list;
  const list = value(
    'int32',
    [indices.length],
    Int32Array.from(indices, (index) => index ?? missing),
  );
  lists.set(indices, { missing, list });
  return list;
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
  window: Window,
): Tensor {
  const larger = joinAxis(image, kernel, counts, window) ?? groupPixels(image, kernel, counts, window);
  if (larger !== undefined) return larger;
  const { strides, pads, dilations } = window;
  const sizes = image.shape.slice(1, -1).map(Number);
  const elements = indicesOf(kernel);
  const indices = indicesOf(counts).flatMap((at) =>
    elements.map((element) =>
      offsetIn(
        sizes,
        at.map((w, i) => w * (strides[i] ?? 1) + (element[i] ?? 0) * (dilations[i] ?? 1) - (pads[i] ?? 0)),
      ),
    ),
  );
  const [batch = 1, channels = 1] = [image.shape[0], image.shape.at(-1)];
  return reshape(pickPixels(image, indices), [
    productOf([batch, ...counts]),
    productOf([elements.length, channels]),
  ]);
}

/** Columns of windows that cover the whole last axis, such as words of a text: that axis counts as channels. */
function joinAxis(
  image: Tensor,
  kernel: readonly number[],
  counts: readonly number[],
  { strides, pads, dilations }: Window,
): Tensor | undefined {
  const last = kernel.length - 1;
  const width = image.shape[last + 1] ?? 1;
  const covers =
    counts[last] === 1 && kernel[last] === width && dilations[last] === 1 && (pads[last] ?? 0) === 0;
  if (last === 0 || width === 1 || !covers) return undefined;
  const joined = reshape(image, [...image.shape.slice(0, last + 1), productOf(image.shape.slice(last + 1))]);
  return columnsOf(joined, kernel.slice(0, last), counts.slice(0, last), {
    strides: strides.slice(0, last),
    pads: pads.filter((_, i) => i % kernel.length !== last),
    dilations: dilations.slice(0, last),
  });
}

/** Up to this many channels, picking pixels one by one costs more than the bytes they hold. */
const FEW_CHANNELS = 8;

/**
 * Columns of an image with few channels: where the last stride divides the kernel, that many neighbouring pixels are always
 * seen together and can be picked as one with more channels.
 */
function groupPixels(
  image: Tensor,
  kernel: readonly number[],
  counts: readonly number[],
  { strides, pads, dilations }: Window,
): Tensor | undefined {
  const last = kernel.length - 1;
  const [group = 1, width = 1, channels] = [strides[last], kernel[last], Number(image.shape.at(-1))];
  if (group === 1 || width % group !== 0 || dilations[last] !== 1 || channels * group > FEW_CHANNELS)
    return undefined;
  const sizes = image.shape.slice(1, -1).map(Number);
  const before = pads[last] ?? 0;
  const seen = ((counts[last] ?? 1) - 1) * group + width;
  const edges = (amount: number) => [...new Array<number>(last + 1).fill(0), amount, 0];
  // Windows start at multiples of the stride once the padding is there; pixels that none of them sees are cut off.
  const padded = pad(image, [...edges(before), ...edges(Math.max(0, seen - before - (sizes[last] ?? 1)))]);
  const cut = slice(padded, { axes: [last + 1], starts: [0], ends: [seen] });
  const pixels = reshape(cut, [image.shape[0] ?? 1, ...sizes.slice(0, last), seen / group, group * channels]);
  const single = <T>(list: readonly T[], value: T) => list.map((x, i) => (i === last ? value : x));
  return columnsOf(pixels, single(kernel, width / group), counts, {
    strides: single(strides, 1),
    pads: pads.map((x, i) => (i % kernel.length === last ? 0 : x)),
    dilations,
  });
}
