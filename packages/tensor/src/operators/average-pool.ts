import { coveringPadding, padding } from '../convolution/geometry.js';
import { numbersIn, room, toData } from '../kernels/numbers.js';
import { forEachWindow, poolMean } from '../kernels/pooling.js';
import { defineOperator, type Unary } from '../operator.js';
import { productOf, sameShape, type Shape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { type Value, value, valueOf } from '../value.js';
import { cast } from './cast.js';
import { constant } from './constant.js';
import { convTranspose } from './conv-transpose.js';
import { full } from './full.js';
import { mul } from './mul.js';
import { reshape } from './reshape.js';
import { resizeNearest } from './resize-nearest.js';
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

/** Options of {@link averagePool}. */
export interface AveragePoolOptions extends PoolOptions {
  /** Whether padding counts as zeros in the mean. @defaultValue false */
  readonly countPadding?: boolean;
}

/**
 * Mean under a moving window of each channel.
 *
 * `x` is `[N, C, ...]` with 1 to 3 spatial axes (`GANYMEDE_SHAPE`), float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [AveragePool-11](https://onnx.ai/onnx/operators/onnx__AveragePool.html).
 */
export function averagePool(x: Tensor, { countPadding = false, ...options }: AveragePoolOptions): Tensor {
  const { dilations: _, ...attributes } = poolAttributes('AveragePool', x, options);
  const mean = makeTensor(averagePoolOperator, [x], {
    ...attributes,
    count_include_pad: countPadding ? 1 : 0,
  });
  if (!countPadding || options.ceilMode !== true) return mean;
  const without = poolAttributes('AveragePool', x, { ...options, ceilMode: false }).pads;
  return attributes.pads.every((p, i) => p === without[i])
    ? mean
    : mul(mean, cast(constant(partialShares(x.shape.slice(2), without, attributes)), x.dtype));
}

/** The window's size over how many of its elements lie on the padded input, `[1, 1, ...windows]`. */
function partialShares(spatial: Shape, pads: readonly number[], attributes: PoolAttributes): Value {
  const { kernel_shape: kernel, strides } = attributes;
  const axes = spatial.map((d, i) => {
    const size = Number(d) + padding(pads, i);
    const end = Number(d) + padding(attributes.pads, i);
    const [k, stride] = [kernel[i] ?? 1, strides[i] ?? 1];
    const count = Math.floor((end - k) / stride) + 1;
    return Array.from({ length: count }, (_, o) => k / Math.min(k, size - o * stride));
  });
  const shares = axes.reduce<number[]>((all, axis) => all.flatMap((a) => axis.map((b) => a * b)), [1]);
  return valueOf(shares, [1, 1, ...axes.map((axis) => axis.length)], 'float64');
}

type AveragePoolAttributes = PoolAttributes & { readonly count_include_pad: 0 | 1 };

/** One over the number of elements averaged by each window, `[1, 1, ...]`. */
function shares(spatial: Shape, windows: Shape, attributes: AveragePoolAttributes): Tensor | number {
  const kernel = attributes.kernel_shape;
  if (attributes.count_include_pad === 1 || attributes.pads.every((p) => p === 0))
    return 1 / Number(productOf(kernel));
  const large = spatial.map(Number);
  const small = windows.map(Number);
  const data = new Float64Array(small.reduce((a, b) => a * b, 1));
  forEachWindow({ planes: 1, large, small, kernel }, poolWindow(attributes), (i, seen) => {
    data[i] = 1 / seen.length;
  });
  return constant(value('float64', [1, 1, ...small], data));
}

/** Each channel as an image of its own, so that one filter serves all. */
const channelsAsBatch = (x: Tensor): Tensor =>
  reshape(x, [productOf(x.shape.slice(0, 2)), 1, ...x.shape.slice(2)]);

/** Whether windows lie side by side on an image, every pixel in one of them. Repeating pixels is a kernel everywhere for two axes. */
const isTiling = (spatial: Shape, windows: Shape, { kernel_shape: kernel, strides, pads }: PoolAttributes) =>
  kernel.length === 2 &&
  kernel.every((size, i) => size === strides[i]) &&
  pads.every((p) => p === 0) &&
  sameShape(
    spatial,
    windows.map((d, i) => productOf([d, kernel[i] ?? 1])),
  );

function averagePoolGradient(g: Tensor, x: Tensor, attributes: AveragePoolAttributes): Tensor {
  const { kernel_shape: kernel, strides, pads } = attributes;
  const spatial = x.shape.slice(2);
  const share = shares(spatial, g.shape.slice(2), attributes);
  const weighted = mul(g, typeof share === 'number' ? share : cast(share, g.dtype));
  if (isTiling(spatial, g.shape.slice(2), attributes)) return resizeNearest(weighted, kernel);
  const outputPadding = coveringPadding(spatial, g.shape.slice(2), kernel, poolWindow(attributes));
  const laid = convTranspose(channelsAsBatch(weighted), full([1, 1, ...kernel], 1, g.dtype), {
    strides,
    pads,
    outputPadding,
  });
  return reshape(laid, x.shape);
}

export const averagePoolOperator = defineOperator<AveragePoolAttributes, Unary>({
  name: 'AveragePool',
  infer: ([x], attributes) => inferPooling('AveragePool', x, attributes),
  gradient: (g, _, [x], attributes) => [averagePoolGradient(g, x, attributes)],
  evaluate: ([x], attributes, output) => {
    const to = room(output);
    const sizes = poolingSizes(x, attributes, output);
    poolMean(numbersIn(x), to, sizes, poolWindow(attributes), attributes.count_include_pad === 1);
    return toData(output.dtype, to);
  },
  onnx: {
    attributes: { ...poolFileAttributes, count_include_pad: 'int' },
    decode: ([x], { count_include_pad = 0, ...attributes }) =>
      averagePool(x, { ...decodedPooling(attributes), countPadding: count_include_pad === 1 }),
  },
});
