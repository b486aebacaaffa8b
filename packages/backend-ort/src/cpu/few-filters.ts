import {
  columnsOf,
  concat,
  gemm,
  pickPixels,
  reshape,
  sum,
  type Tensor,
  transpose,
  windowAttributes,
} from '@ganymede/tensor';
import { columnParts } from './column-parts.js';
import { channelsLast, laid } from './layout.js';
import type { Rule } from './rule.js';

/** Up to this many filters fill so little of a product's panels that the rows of the kernel are worth being filters too. */
const FEW_FILTERS = 8;
/** Below this many channels the usual product is as fast. */
const MANY_CHANNELS = 16;

/** Whether windows of so few filters move one pixel at a time over two axes: what is computed row by row. */
export function goesByRows(filters: number, channels: number, node: Tensor): boolean {
  const { group, strides, dilations } = windowAttributes(node);
  const simple = node.rank === 4 && group === 1 && [...strides, ...dilations].every((n) => n === 1);
  return simple && node.dtype === 'float32' && filters <= FEW_FILTERS && channels >= MANY_CHANNELS;
}

/** What the rows of the kernel see of channels-last `image`: `[N * height * columns, width of the kernel * C]`. */
export function rowColumns(image: Tensor, width: number, columns: number, pads: readonly number[]): Tensor {
  const across = [0, pads[1] ?? 0, 0, pads[3] ?? 0];
  const window = { strides: [1, 1], pads: across, dilations: [1, 1] };
  return columnsOf(image, [1, width], [Number(image.shape[1]), columns], window);
}

/**
 * A convolution with few filters, such as the one that draws an image: each row of the kernel counts as filters of its own,
 * whose results are added up afterwards. Columns are as many times smaller as the kernel is high, and the product fills its
 * panels. Called with sizes all known.
 */
export const fewFilters: Rule = (node, book) => {
  if (node.operator.name !== 'Conv') return undefined;
  const [x, w, bias] = node.inputs as readonly [Tensor, Tensor, Tensor?];
  const [filters = 1, channels = 1, high = 1, wide = 1] = w.shape.map(Number);
  if (high < 3 || !goesByRows(filters, channels, node)) return undefined;
  const { pads } = windowAttributes(node);
  const [batch = 1, , rows = 1, columns = 1] = node.shape.map(Number);
  const height = Number(x.shape[2]);
  const seen = rowColumns(book.get(x, channelsLast(4)), wide, columns, pads);
  const weights = reshape(transpose(book.get(w), [3, 1, 2, 0]), [wide * channels, high * filters]);
  const products = columnParts(seen).map((part) => gemm(part, weights));
  const perRow = reshape(concat(products, 0), [batch, height * columns * high, filters]);
  const indices = Array.from({ length: high * rows * columns }, (_, at) => {
    const [i, y, column] = [Math.floor(at / (rows * columns)), Math.floor(at / columns) % rows, at % columns];
    const from = y + i - (pads[0] ?? 0);
    return from < 0 || from >= height ? undefined : (from * columns + column) * high + i;
  });
  const met = reshape(pickPixels(perRow, indices), [batch, high, rows * columns * filters]);
  const pixels = reshape(sum(met, 1), [batch, rows, columns, filters]);
  return laid(bias === undefined ? pixels : pixels.add(book.get(bias)), channelsLast(4));
};
