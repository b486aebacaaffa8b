import { attributesOf, type KernelTable, kernel, type Run } from '../kernel.js';
import { channelsLastName } from '../layout/channels-last-operator.js';
import type { Tfjs, TfTensor } from '../tfjs.js';
import { type Edge, edgesOf, withAxis, withTwoAxes } from './windows.js';

type PoolAttributes = {
  readonly kernel_shape: readonly number[];
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly count_include_pad?: 0 | 1;
  /** Of the largest only. */
  readonly dilations?: readonly number[];
};

type Pair = [number, number];
type Triple = [number, number, number];

/** Pads the spatial axes of a channels-last image. */
function padded(tf: Tfjs, x: TfTensor, edges: readonly Edge[], value: number): TfTensor {
  if (edges.every(({ start, end }) => start + end === 0)) return x;
  return tf.pad(x, [[0, 0], ...edges.map(({ start, end }): Pair => [start, end]), [0, 0]], value);
}

/** Means of an image that has its padding already. */
const meanOf = (tf: Tfjs, x: TfTensor, size: readonly number[], strides: readonly number[]): TfTensor =>
  size.length === 3
    ? tf.avgPool3d(x as never, size as Triple, strides as Triple, 'valid')
    : tf.avgPool(x as never, size as Pair, strides as Pair, 'valid');

/** The largest of windows, one window element at a time: with gaps, which TensorFlow's pooling lacks, or with three axes, where its wasm kernel is wrong. */
function largestByElement(
  tf: Tfjs,
  x: TfTensor,
  [size, strides, dilations, counts]: readonly (readonly number[])[],
): TfTensor {
  const places = (size as readonly number[]).reduce<number[][]>(
    (all, n) => all.flatMap((at) => Array.from({ length: n }, (_, i) => [...at, i])),
    [[]],
  );
  const seen = places.map((at) => {
    const begin = [0, ...at.map((k, i) => k * (dilations?.[i] ?? 1)), 0];
    const end = begin.map((b, axis) => {
      const [n, step] = [counts?.[axis - 1], strides?.[axis - 1]];
      return n === undefined || step === undefined ? (x.shape[axis] as number) : b + (n - 1) * step + 1;
    });
    return tf.stridedSlice(x, begin, end, [1, ...(strides as readonly number[]), 1]);
  });
  return seen.reduce((a, b) => tf.maximum(a, b));
}

const pooling =
  (
    kind: 'max' | 'avg',
    { kernel_shape, strides, pads, count_include_pad = 1, dilations = [] }: PoolAttributes,
  ): Run =>
  ({ tf, inputs: [x], shape }) => {
    const size = withAxis(kernel_shape, 1);
    const steps = withAxis(strides, 1);
    const edges = edgesOf({ pads });
    const image = withTwoAxes(tf, x as TfTensor, 1);
    const whole = padded(tf, image, edges, kind === 'max' ? -Infinity : 0);
    if (kind === 'max') {
      const plain = size.length === 2 && dilations.every((d) => d === 1);
      const largest = plain
        ? tf.maxPool(whole as never, size as Pair, steps as Pair, 'valid')
        : largestByElement(tf, whole, [size, steps, withAxis(dilations, 1), withAxis(shape.slice(1, -1), 1)]);
      return tf.reshape(largest, [...shape]);
    }
    const pooled = meanOf(tf, whole, size, steps);
    if (count_include_pad === 1 || pads.every((p) => p === 0)) return tf.reshape(pooled, [...shape]);
    // The share of each window that is no padding.
    const ones = padded(tf, tf.ones([1, ...image.shape.slice(1, -1), 1]), edges, 0);
    return tf.reshape(tf.div(pooled, meanOf(tf, ones, size, steps)), [...shape]);
  };

/** The largest and the mean of moving windows. */
export const poolingKernels: KernelTable = {
  [channelsLastName('MaxPool')]: kernel(['MaxPool', 'StridedSlice', 'Maximum', 'PadV2'], (node) =>
    pooling('max', attributesOf<PoolAttributes>(node)),
  ),
  [channelsLastName('AveragePool')]: kernel(['AvgPool', 'AvgPool3D', 'PadV2'], (node) =>
    pooling('avg', attributesOf<PoolAttributes>(node)),
  ),
};
