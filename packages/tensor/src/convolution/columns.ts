import { concat } from '../operators/concat.js';
import { constant, constantValue } from '../operators/constant.js';
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

/** What columns were made of. */
export interface Columns extends Window {
  /** Pixels `[N, sizes, C]` */
  readonly pixels: Tensor;
  readonly sizes: readonly number[];
  readonly kernel: readonly number[];
  readonly counts: readonly number[];
}

/** The windows that lists of pixels are of. */
const windows = new WeakMap<Value, Omit<Columns, 'pixels'>>();

/** Reads columns back, for passes that compute what they are for in another way. Undefined: none, or columns that copy nothing. */
export function readColumns({ operator, inputs: [copied] }: Tensor): Columns | undefined {
  const [source, list] = copied?.inputs ?? [];
  if (operator.name !== 'Reshape' || copied?.operator.name !== 'Gather' || source === undefined)
    return undefined;
  const seen = list && constantValue(list);
  const known = seen && windows.get(seen);
  if (known === undefined) return undefined;
  const pixels = source.operator.name === 'Concat' ? (source.inputs[0] as Tensor) : source;
  return pixels.shape[1] === productOf(known.sizes) ? { pixels, ...known } : undefined;
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
  const larger =
    joinAxis(image, kernel, counts, window) ??
    groupPixels(image, kernel, counts, window) ??
    rowsFirst(image, kernel, counts, window);
  if (larger !== undefined) return larger;
  const { strides, pads, dilations } = window;
  const sizes = image.shape.slice(1, -1).map(Number);
  const size = Number(productOf(kernel));
  const indices = pixelsSeen({ sizes, kernel, counts, strides, pads, dilations });
  const [batch = 1, channels = 1] = [image.shape[0], image.shape.at(-1)];
  const picked = pickPixels(image, indices);
  const list = picked.inputs[1] && constantValue(picked.inputs[1]);
  if (list !== undefined) windows.set(list, { sizes, kernel, counts, strides, pads, dilations });
  return reshape(picked, [productOf([batch, ...counts]), productOf([size, channels])]);
}

/** The pixel of each window and element of the kernel, the elements running fastest; undefined: outside. */
function pixelsSeen({
  sizes,
  kernel,
  counts,
  strides,
  pads,
  dilations,
}: Omit<Columns, 'pixels'>): (number | undefined)[] {
  // Axis by axis: `seen` pixels of the axes so far, by window and element.
  let [windows, elements, seen]: [number, number, (number | undefined)[]] = [1, 1, [0]];
  sizes.forEach((size, axis) => {
    const [width, count] = [kernel[axis] as number, counts[axis] as number];
    const [stride, pad, dilation] = [strides[axis] ?? 1, pads[axis] ?? 0, dilations[axis] ?? 1];
    const next: (number | undefined)[] = [];
    for (let window = 0; window < windows; window++)
      for (let at = 0; at < count; at++)
        for (let element = 0; element < elements; element++)
          for (let k = 0; k < width; k++) {
            const [before, x] = [seen[window * elements + element], at * stride + k * dilation - pad];
            next.push(before === undefined || x < 0 || x >= size ? undefined : before * size + x);
          }
    [windows, elements, seen] = [windows * count, elements * width, next];
  });
  return seen;
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

/**
 * Columns of an image with few channels under a large kernel: first what each row of the kernel sees, then those rows, which
 * are fewer and longer pieces.
 */
function rowsFirst(
  image: Tensor,
  kernel: readonly number[],
  counts: readonly number[],
  { strides, pads, dilations }: Window,
): Tensor | undefined {
  const [height = 1, , channels = 1] = image.shape.slice(1).map(Number);
  const [[high = 1, wide = 1], [rows = 1, columns = 1]] = [kernel, counts];
  if (kernel.length !== 2 || channels > FEW_CHANNELS) return undefined;
  if (rows * high * wide < 2 * (height * wide + rows * high)) return undefined;
  const [[down = 1, across = 1], [top = 0, left = 0, bottom = 0, right = 0]] = [strides, pads];
  const seenByRow = columnsOf(image, [1, wide], [height, columns], {
    strides: [1, across],
    pads: [0, left, 0, right],
    dilations: [1, dilations[1] ?? 1],
  });
  const pieces = reshape(seenByRow, [image.shape[0] ?? 1, height, columns, wide * channels]);
  return columnsOf(pieces, [high, 1], counts, {
    strides: [down, 1],
    pads: [top, 0, bottom, 0],
    dilations: [dilations[0] ?? 1, 1],
  });
}
