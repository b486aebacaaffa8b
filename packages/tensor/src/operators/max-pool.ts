import { indicesOf } from '../convolution/columns.js';
import { type PerAxis, reach } from '../convolution/geometry.js';
import { numbersIn, room, toData } from '../kernels/numbers.js';
import { poolLargest } from '../kernels/pooling.js';
import { defineOperator, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { add } from './add.js';
import { cast } from './cast.js';
import { div } from './div.js';
import { equal } from './equal.js';
import { mul } from './mul.js';
import { pad } from './pad.js';
import { type SliceRange, slice } from './slice.js';
import {
  type PoolAttributes,
  type PoolOptions,
  decodedPooling,
  inferPooling,
  poolAttributes,
  poolFileAttributes,
  poolWindow,
  poolingSizes,
} from './families/pooling.js';
import { scatterSlice } from './families/scatter-slice.js';

/** Options of {@link maxPool}. */
export interface MaxPoolOptions extends PoolOptions {
  /** Distance of neighbouring window elements. @defaultValue 1 */
  readonly dilations?: PerAxis;
}

/**
 * Largest element under a moving window of each channel. Elements equal to the largest share the gradient evenly. Padding is
 * never chosen.
 *
 * `x` is `[N, C, ...]` with 1 to 3 spatial axes (`GANYMEDE_SHAPE`), float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [MaxPool-12](https://onnx.ai/onnx/operators/onnx__MaxPool.html).
 */
export function maxPool(x: Tensor, options: MaxPoolOptions): Tensor {
  const attributes = poolAttributes('MaxPool', x, options);
  const { kernel_shape: kernel, pads, dilations } = attributes;
  const covered = pads.every((p, i) => p < (kernel[i % kernel.length] ?? 1));
  const holes = dilations.some((d) => d > 1);
  const reaches = pads.every(
    (p, i) => p < reach(kernel[i % kernel.length] ?? 1, dilations[i % kernel.length] ?? 1),
  );
  // ONNX Runtime takes no more padding than the window has elements, though a dilated one reaches further.
  if (!covered && holes && reaches) {
    const padded = pad(x, edgesOf(pads), { value: LOWEST });
    return makeTensor(maxPoolOperator, [padded], { ...attributes, pads: pads.map(() => 0) });
  }
  return makeTensor(maxPoolOperator, [x], attributes);
}

/** Pads of the spatial axes as pads of all axes. */
function edgesOf(pads: readonly number[]): readonly number[] {
  const axes = pads.length / 2;
  return [0, 0, ...pads.slice(0, axes), 0, 0, ...pads.slice(axes)];
}

/** Lower than any finite float32, so that padding is never chosen. */
const LOWEST = -3.4028234663852886e38;

/** For each window element: which of `x` it is, whether it was chosen, and its share of the window's gradient. */
function maxPoolGradient(
  g: Tensor,
  y: Tensor,
  x: Tensor,
  { kernel_shape: kernel, strides, pads, dilations = [] }: PoolAttributes,
): Tensor {
  const axes = kernel.map((_, i) => i + 2);
  const edges = edgesOf(pads);
  const padded = pad(x, edges, { value: LOWEST });
  const ranges = indicesOf(kernel).map((element): SliceRange => {
    const starts = element.map((e, i) => e * (dilations[i] ?? 1));
    const ends = starts.map((start, i) => start + (Number(y.shape[2 + i]) - 1) * (strides[i] ?? 1) + 1);
    return { axes, starts, ends, steps: strides };
  });
  const chosen = ranges.map((range) => cast(equal(slice(padded, range), y), g.dtype));
  const share = div(
    g,
    chosen.reduce((a, b) => add(a, b)),
  );
  const placed = ranges.map((range, i) => scatterSlice(mul(chosen[i] ?? share, share), padded.shape, range));
  const starts = axes.map((axis) => edges[axis] ?? 0);
  const ends = axes.map((axis, i) => (starts[i] ?? 0) + Number(x.shape[axis]));
  return slice(
    placed.reduce((a, b) => add(a, b)),
    { axes, starts, ends },
  );
}

export const maxPoolOperator = defineOperator<PoolAttributes, Unary>({
  name: 'MaxPool',
  infer: ([x], attributes) => inferPooling('MaxPool', x, attributes),
  gradient: (g, y, [x], attributes) => [maxPoolGradient(g, y, x, attributes)],
  evaluate: ([x], attributes, output) => {
    const to = room(output);
    poolLargest(numbersIn(x), to, poolingSizes(x, attributes, output), poolWindow(attributes));
    return toData(output.dtype, to);
  },
  onnx: {
    attributes: { ...poolFileAttributes, dilations: 'ints' },
    fixed: { storage_order: 0 },
    decode: ([x], { dilations = 1, ...attributes }) =>
      maxPool(x, { ...decodedPooling(attributes), dilations }),
  },
});
