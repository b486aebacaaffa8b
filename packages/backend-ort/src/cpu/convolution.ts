import {
  columnsOf,
  concat,
  gemm,
  productOf,
  reshape,
  type Tensor,
  transpose,
  windowAttributes,
} from '@ganymede/tensor';
import { columnParts } from './column-parts.js';
import { channelsLast, laid } from './layout.js';
import type { Rule } from './rule.js';

/** Above this many elements, copies of what each window sees cost more than the product gains. */
const LARGEST_COPY = 2 ** 26;

/**
 * A convolution as one matrix product over what each window sees, channels last: about 1.5 times as fast as ONNX Runtime's
 * own for filters that are not constants. Part of the batch by part, while it is in the cache. Called with sizes all known.
 */
export const convolution: Rule = (node, book) => {
  if (node.operator.name !== 'Conv' || node.dtype !== 'float32') return undefined;
  const [x, w, bias] = node.inputs as readonly [Tensor, Tensor, Tensor?];
  const { group, ...window } = windowAttributes(node);
  const kernel = w.shape.slice(2).map(Number);
  const counts = node.shape.slice(2).map(Number);
  const [filters = 1, channels = 1] = w.shape.map(Number);
  const size = Number(productOf(kernel));
  if (group !== 1 || Number(node.shape[0]) * Number(productOf(counts)) * size * channels > LARGEST_COPY)
    return undefined;
  const columns = columnsOf(book.get(x, channelsLast(x.rank)), kernel, counts, window);
  const rows = reshape(transpose(reshape(book.get(w), [filters, channels, size]), [0, 2, 1]), [
    filters,
    size * channels,
  ]);
  const options = { transB: true, ...(bias && { bias: book.get(bias) }) };
  const products = columnParts(columns).map((part) => gemm(part, rows, options));
  const product = concat(products, 0);
  return laid(reshape(product, [node.shape[0] ?? 1, ...counts, filters]), channelsLast(node.rank));
};
