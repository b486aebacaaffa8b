import {
  columnsOf,
  concat,
  gemm,
  pickPixels,
  productOf,
  reshape,
  type Tensor,
  transpose,
  type WindowAttributes,
} from '@ganymede/tensor';
import type { Book } from './book.js';
import { columnParts } from './column-parts.js';
import { channelsLast } from './layout.js';

/** At stride 1: a convolution with the kernel turned around, in one product. */
export function byColumns(node: Tensor, book: Book, { pads, dilations, strides }: WindowAttributes): Tensor {
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
