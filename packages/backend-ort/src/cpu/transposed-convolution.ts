import {
  columnsOf,
  concat,
  gemm,
  indicesOf,
  offsetIn,
  pickPixels,
  productOf,
  reshape,
  type Tensor,
  transpose,
  type WindowAttributes,
  windowAttributes,
} from '@ganymede/tensor';
import type { Book } from './book.js';
import { columnParts } from './column-parts.js';
import { channelsLast, laid } from './layout.js';
import type { Rule } from './rule.js';
import { byElements } from './transposed-elements.js';
import { byPhases } from './transposed-phases.js';

/** Up to this many output channels the results of single filter elements are cheaper to add up than to avoid. */
const FEW_CHANNELS = 8;

/** One element of the filter that reaches an output pixel, and the input pixel it reads there (undefined: outside). */
interface Tap {
  readonly element: number;
  readonly pixel: number | undefined;
}

/** A transposed convolution with all sizes known; `image` is `[N, ...small, K]`, `filter` `[K, C, elements]`. */
export interface TransposedProblem {
  readonly image: Tensor;
  readonly filter: Tensor;
  readonly bias: Tensor | undefined;
  readonly batch: number;
  readonly channels: number;
  /** The taps of each output pixel. */
  readonly taps: readonly (readonly Tap[])[];
}

/**
 * A transposed convolution as matrix products, channels last. Output pixels that the same filter elements reach (with stride
 * 2 and kernel 4: four phases of 2x2 elements) form one product each, without the additions of the usual form: about twice
 * as fast as ONNX Runtime's ConvTranspose. Called with sizes all known.
 */
export const transposedConvolution: Rule = (node, book) => {
  if (node.operator.name !== 'ConvTranspose' || node.dtype !== 'float32') return undefined;
  const [x, w, bias] = node.inputs as readonly [Tensor, Tensor, Tensor?];
  const attributes = windowAttributes(node);
  if (attributes.group !== 1) return undefined;
  const [inputs = 1, channels = 1] = w.shape.map(Number);
  if (attributes.strides.every((n) => n === 1) && channels >= FEW_CHANNELS)
    return laid(byColumns(node, book, attributes), channelsLast(node.rank));
  const problem: TransposedProblem = {
    image: book.get(x, channelsLast(x.rank)),
    filter: reshape(book.get(w), [inputs, channels, Number(productOf(w.shape.slice(2)))]),
    bias: bias && book.get(bias),
    batch: Number(node.shape[0]),
    channels,
    taps: tapsOf(x, w, node, attributes),
  };
  if (problem.taps.some((taps) => taps.length === 0)) return undefined;
  const pixels = channels < FEW_CHANNELS ? byElements(problem) : byPhases(problem);
  // A single channel is first and last; kept first, no axis of size 1 trails, which slows ONNX Runtime's broadcasting down.
  if (channels === 1) return laid(reshape(pixels, node.shape));
  return laid(reshape(pixels, [problem.batch, ...node.shape.slice(2), channels]), channelsLast(node.rank));
};

/** At stride 1: a convolution with the kernel turned around, in one product. */
function byColumns(node: Tensor, book: Book, { pads, dilations, strides }: WindowAttributes): Tensor {
  const [x, w, bias] = node.inputs as readonly [Tensor, Tensor, Tensor?];
  const kernel = w.shape.slice(2).map(Number);
  const counts = node.shape.slice(2).map(Number);
  const [inputs = 1, channels = 1] = w.shape.map(Number);
  const size = Number(productOf(kernel));
  const image = book.get(x, channelsLast(x.rank));
  const around = kernel.map((n, i) => (n - 1) * (dilations[i] ?? 1) - (pads[i] ?? 0));
  const columns = columnsOf(image, kernel, counts, { strides, dilations, pads: [...around, ...around] });
  const elements = transpose(reshape(book.get(w), [inputs, channels, size]), [2, 0, 1]);
  const last = Array.from({ length: size }, (_, i) => size - 1 - i);
  const weights = reshape(pickPixels(reshape(elements, [1, size, inputs * channels]), last), [
    size * inputs,
    channels,
  ]);
  const options = bias === undefined ? {} : { bias: book.get(bias) };
  const products = columnParts(columns).map((part) => gemm(part, weights, options));
  return reshape(concat(products, 0), [node.shape[0] ?? 1, ...counts, channels]);
}

function tapsOf(x: Tensor, w: Tensor, node: Tensor, { strides, pads, dilations }: WindowAttributes): Tap[][] {
  const small = x.shape.slice(2).map(Number);
  const kernel = indicesOf(w.shape.slice(2).map(Number));
  return indicesOf(node.shape.slice(2).map(Number)).map((at) =>
    kernel.flatMap((k, element) => {
      const from = at.map((p, i) => p + (pads[i] ?? 0) - (k[i] as number) * (dilations[i] ?? 1));
      if (from.some((p, i) => p % (strides[i] ?? 1) !== 0)) return [];
      return [
        {
          element,
          pixel: offsetIn(
            small,
            from.map((p, i) => p / (strides[i] ?? 1)),
          ),
        },
      ];
    }),
  );
}
