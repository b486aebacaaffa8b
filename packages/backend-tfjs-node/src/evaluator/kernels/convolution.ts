import { attributesOf, type KernelTable, kernel } from '../kernel.js';
import { channelsLastName } from '../layout/channels-last-operator.js';
import type { Tfjs, TfTensor } from '../tfjs.js';
import {
  dilated,
  type Edge,
  edgesOf,
  isSame,
  parts,
  type WindowAttributes,
  withAxis,
  withTwoAxes,
} from './windows.js';

/** A convolution of one group in TensorFlow's order of axes. */
interface Problem {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly edges: readonly Edge[];
  /** Sizes of the result along its spatial axes. */
  readonly sizes: readonly number[];
}

type Pair = [number, number];

/** Dilation that the kernels leave to the filter: beside strides, and with three axes. */
const inFilter = ({ strides, dilations }: Problem): boolean =>
  dilations.some((d) => d > 1) && (dilations.length === 3 || strides.some((s) => s > 1));

function convolve(tf: Tfjs, x: TfTensor, filter: TfTensor, problem: Problem): TfTensor {
  const { strides, edges, sizes } = problem;
  const spread = inFilter(problem);
  const w = spread ? dilated(tf, filter, problem.dilations) : filter;
  const dilations = spread ? problem.dilations.map(() => 1) : problem.dilations;
  const same = edges.every((edge, i) => {
    const size = ((w.shape[i] as number) - 1) * (dilations[i] as number) + 1;
    return isSame(edge, x.shape[i + 1] as number, sizes[i] as number, size, strides[i] as number);
  });
  const around: Pair[] = [[0, 0], ...edges.map(({ start, end }): Pair => [start, end]), [0, 0]];
  if (strides.length === 2) {
    // With explicit padding tfjs wants to be told how to round, with a name it must not be.
    const padding = same ? ('same' as const) : (around as [Pair, Pair, Pair, Pair]);
    const rounding = same ? undefined : 'floor';
    return tf.conv2d(x as never, w as never, strides as Pair, padding, 'NHWC', dilations as Pair, rounding);
  }
  const padded = same || edges.every(({ start, end }) => start + end === 0) ? x : tf.pad(x, around);
  return tf.conv3d(padded as never, w as never, strides as [number, number, number], same ? 'same' : 'valid');
}

/** Computes everything that any window reaches, before padding is cut off. */
type Spread = (
  tf: Tfjs,
  x: TfTensor,
  w: TfTensor,
  strides: readonly number[],
  sizes: readonly number[],
) => TfTensor;

/** With the kernels for it: the gradient of a convolution for its input. */
const spreadByKernel: Spread = (tf, x, w, strides, sizes) => {
  const shape = [x.shape[0] as number, ...sizes, w.shape.at(-2) as number];
  return strides.length === 2
    ? tf.conv2dTranspose(x as never, w as never, shape as never, strides as Pair, 'valid')
    : tf.conv3dTranspose(x as never, w as never, shape as never, strides as never, 'valid');
};

/** As a convolution of the image with zeros between its pixels, by the filter turned round. */
const spreadByConvolution: Spread = (tf, x, w, strides) => {
  const axes = strides.map((_, i) => i);
  const rest = [axes.length, axes.length + 1];
  // Pixels are spread as a filter is dilated, with the batch behind.
  const moved = tf.transpose(x, [...axes.map((i) => i + 1), 0, x.rank - 1]);
  const sparse = tf.transpose(dilated(tf, moved, strides), [rest[0] as number, ...axes, rest[1] as number]);
  const around = axes.map((i): Pair => [(w.shape[i] as number) - 1, (w.shape[i] as number) - 1]);
  const turned = tf.transpose(tf.reverse(w, axes), [...axes, rest[1] as number, rest[0] as number]);
  const padded = tf.pad(sparse, [[0, 0], ...around, [0, 0]]);
  return strides.length === 2
    ? tf.conv2d(padded as never, turned as never, 1, 'valid')
    : tf.conv3d(padded as never, turned as never, 1, 'valid');
};

function convolveTransposed(
  tf: Tfjs,
  x: TfTensor,
  filter: TfTensor,
  { strides, dilations, edges, sizes }: Problem,
  spread: Spread,
): TfTensor {
  const w = dilated(tf, filter, dilations);
  const counts = x.shape.slice(1, -1);
  const same = edges.every((edge, i) =>
    isSame(edge, sizes[i] as number, counts[i] as number, w.shape[i] as number, strides[i] as number),
  );
  if (same && spread === spreadByKernel && strides.length === 2) {
    const shape = [x.shape[0] as number, ...sizes, w.shape.at(-2) as number];
    return tf.conv2dTranspose(x as never, w as never, shape as never, strides as Pair, 'same');
  }
  const whole = counts.map((n, i) => (n - 1) * (strides[i] as number) + (w.shape[i] as number));
  return cropped(tf, spread(tf, x, w, strides, whole), edges, sizes);
}

/** The part of `x` that starts where the padding ends; elements beyond what the windows reached are zeros. */
function cropped(tf: Tfjs, x: TfTensor, edges: readonly Edge[], sizes: readonly number[]): TfTensor {
  const ends = edges.map(({ start }, i) =>
    Math.max(0, start + (sizes[i] as number) - (x.shape[i + 1] as number)),
  );
  const around: Pair[] = [[0, 0], ...ends.map((end): Pair => [0, end]), [0, 0]];
  const longer = ends.every((end) => end === 0) ? x : tf.pad(x, around);
  return tf.slice(
    longer,
    [0, ...edges.map(({ start }) => start), 0],
    [x.shape[0] as number, ...sizes, x.shape.at(-1) as number],
  );
}

const joined = (tf: Tfjs, results: readonly TfTensor[]): TfTensor =>
  results.length === 1 ? (results[0] as TfTensor) : tf.concat([...results], -1);

/** Adds one number per channel, channels last. */
const withBias = (tf: Tfjs, x: TfTensor, bias: TfTensor | undefined): TfTensor =>
  bias === undefined ? x : tf.add(x, bias);

const problemOf = (attributes: WindowAttributes, shape: readonly number[]): Problem => ({
  strides: withAxis(attributes.strides, 1),
  dilations: withAxis(attributes.dilations, 1),
  edges: edgesOf(attributes),
  sizes: withAxis(shape.slice(1, -1), 1),
});

/**
 * Convolutions of images with channels last. Groups are computed one after the other, as not every TensorFlow.js backend has kernels
 * for them.
 */
export const convolutionKernels: KernelTable = {
  [channelsLastName('Conv')]: kernel(['Conv2D', 'Conv3D', 'PadV2'], (node) => {
    const attributes = attributesOf<WindowAttributes & Record<string, never>>(node);
    return ({ tf, inputs, shape }) => {
      const [x, w, bias] = inputs as readonly [TfTensor, TfTensor, TfTensor?];
      const problem = problemOf(attributes, shape);
      const images = parts(tf, withTwoAxes(tf, x, 1), attributes.group, -1);
      const filters = parts(tf, withTwoAxes(tf, w, 0), attributes.group, -1);
      const results = images.map((image, i) => convolve(tf, image, filters[i] as TfTensor, problem));
      return tf.reshape(withBias(tf, joined(tf, results), bias), [...shape]);
    };
  }),

  [channelsLastName('ConvTranspose')]: kernel(
    ['Conv2DBackpropInput', 'Conv3D', 'PadV2', 'Slice'],
    (node, { has }) => {
      const attributes = attributesOf<WindowAttributes & Record<string, never>>(node);
      const spread = node.rank === 5 && !has('Conv3DBackpropInputV2') ? spreadByConvolution : spreadByKernel;
      return ({ tf, inputs, shape }) => {
        const [x, w, bias] = inputs as readonly [TfTensor, TfTensor, TfTensor?];
        const problem = problemOf(attributes, shape);
        const images = parts(tf, withTwoAxes(tf, x, 1), attributes.group, -1);
        const filters = parts(tf, withTwoAxes(tf, w, 0), attributes.group, -1);
        const results = images.map((image, i) =>
          convolveTransposed(tf, image, filters[i] as TfTensor, problem, spread),
        );
        return tf.reshape(withBias(tf, joined(tf, results), bias), [...shape]);
      };
    },
  ),
};
