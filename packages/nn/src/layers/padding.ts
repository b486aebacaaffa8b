import type { Dim } from '@ganymede/tensor';

/** A number for both directions, or [height, width]. */
export type Size = number | readonly [height: number, width: number];

/** A number for all three directions, or [depth, height, width]. */
export type Size3d = number | readonly [depth: number, height: number, width: number];

/**
 * `'same'`: the output is ⌈input / stride⌉ (transposed: input · stride); `'valid'`: no padding; a number: that many zeros on
 * every side.
 */
export type Padding = 'same' | 'valid' | number;

/** One number per direction. */
export const perDirection = (size: number | readonly number[], directions: number): readonly number[] =>
  typeof size === 'number' ? new Array<number>(directions).fill(size) : size;

/** ONNX's `pads`, first those before each direction, then those after, from [before, after] per direction. */
export const onnxPads = (sides: readonly (readonly [number, number])[]): readonly number[] => [
  ...sides.map(([before]) => before),
  ...sides.map(([, after]) => after),
];

/** The smaller half before, as TensorFlow's and ONNX's SAME_UPPER. */
const halves = (total: number): readonly [number, number] => [Math.floor(total / 2), Math.ceil(total / 2)];

/**
 * Zeros [before, after] one dimension of a convolution whose kernel reaches over `reach` elements. For `'same'` a dimension with a
 * name is taken to be a multiple of the stride.
 */
export function convPadding(
  padding: Padding,
  size: Dim,
  reach: number,
  stride: number,
): readonly [number, number] {
  if (padding === 'valid') return [0, 0];
  if (typeof padding === 'number') return [padding, padding];
  const rest = typeof size === 'number' ? size % stride : 0;
  return halves(Math.max(reach - (rest === 0 ? stride : rest), 0));
}

/** Rows cut off [before, after] one dimension of a transposed convolution's output, and rows added at its end. */
export function convTransposePadding(
  padding: Padding,
  reach: number,
  stride: number,
): { readonly cut: readonly [number, number]; readonly added: number } {
  if (padding === 'valid') return { cut: [0, 0], added: 0 };
  if (typeof padding === 'number') return { cut: [padding, padding], added: 0 };
  // Uncut, the output has (input − 1) · stride + reach rows; it shall have input · stride.
  return { cut: halves(Math.max(reach - stride, 0)), added: Math.max(stride - reach, 0) };
}
