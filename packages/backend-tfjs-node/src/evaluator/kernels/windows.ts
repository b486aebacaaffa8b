import type { Tfjs, TfTensor } from '../tfjs.js';

/** A convolution's or pooling's window along each spatial axis; `pads` lists the starts, then the ends. */
export interface WindowAttributes {
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
  readonly group: number;
  readonly output_padding?: readonly number[];
  readonly kernel_shape?: readonly number[];
}

/** Padding of one axis. */
export interface Edge {
  readonly start: number;
  readonly end: number;
}

/** Pads by axis. TensorFlow knows no windows of one axis: those get a second one, of size 1, before theirs. */
export function edgesOf({ pads }: Pick<WindowAttributes, 'pads'>): Edge[] {
  const axes = pads.length / 2;
  return withAxis(
    Array.from({ length: axes }, (_, i) => ({ start: pads[i] ?? 0, end: pads[axes + i] ?? 0 })),
    { start: 0, end: 0 },
  );
}

/** A list of one entry per spatial axis, for at least two axes. */
export const withAxis = <T>(list: readonly T[], first: T): T[] =>
  list.length === 1 ? [first, ...list] : [...list];

/** Images and filters with one spatial axis, at `place`, get a second one of size 1 before it. */
export const withTwoAxes = (tf: Tfjs, x: TfTensor, place: number): TfTensor =>
  x.rank === 3 ? tf.expandDims(x, place) : x;

/** A filter with `dilation - 1` zeros between neighbours: TensorFlow dilates in fewer cases than ONNX. */
export function dilated(tf: Tfjs, filter: TfTensor, dilations: readonly number[]): TfTensor {
  return dilations.reduce<TfTensor>((w, dilation, axis) => {
    if (dilation === 1) return w;
    const k = w.shape[axis] as number;
    const before = w.shape.slice(0, axis);
    const after = w.shape.slice(axis + 1);
    const columns = tf.reshape(w, [...before, k, 1, ...after]);
    const pads = columns.shape.map((_, i): [number, number] => [0, i === axis + 1 ? dilation - 1 : 0]);
    const merged = tf.reshape(tf.pad(columns, pads), [...before, k * dilation, ...after]);
    const size = [...before, (k - 1) * dilation + 1, ...after];
    return tf.slice(
      merged,
      size.map(() => 0),
      size,
    );
  }, filter);
}

/**
 * Whether TensorFlow's `same` padding is what these edges ask for, given the size of the large side and the number of windows.
 * It spares a copy: not every kernel takes other padding.
 */
export const isSame = (
  { start }: Edge,
  large: number,
  windows: number,
  size: number,
  stride: number,
): boolean => {
  const missing = (windows - 1) * stride + size - large;
  return windows === Math.ceil(large / stride) && missing >= 0 && start === Math.floor(missing / 2);
};

/** Parts of equal size along an axis: the groups of a convolution. */
export const parts = (tf: Tfjs, x: TfTensor, count: number, axis: number): TfTensor[] =>
  count === 1 ? [x] : tf.split(x, count, axis);
