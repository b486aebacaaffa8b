import { pickPixels, reshape, type Tensor, transpose, windowAttributes } from '@ganymede/tensor';
import { columnParts, PART } from './column-parts.js';
import { goesByRows, rowColumns } from './few-filters.js';
import { laid } from './layout.js';
import { elements, type Rule } from './rule.js';
import { summedProduct } from './tall-product.js';

/** `[C, N, H, W]` that lies as images with channels last: `[N, H, W, C]`. */
const IMAGES = [3, 0, 1, 2];

/**
 * The gradient of few large filters, which is written as a convolution of whole images with whole images where columns would
 * be too large: row by row, as {@link fewFilters}. ONNX Runtime's own kernel is several times slower on such kernels.
 */
export const fewFilterGradient: Rule = (node, book) => {
  if (node.operator.name !== 'Conv' || node.inputs.length > 2) return undefined;
  const [x, w] = node.inputs as readonly [Tensor, Tensor];
  const [channels = 1, filters = 1, high = 1, wide = 1] = node.shape.map(Number);
  const [, batch = 1, rows = 1, columns = 1] = w.shape.map(Number);
  if (!goesByRows(filters, channels, node) || rows * columns < 4 * high * wide) return undefined;
  const { pads } = windowAttributes(node);
  const height = Number(x.shape[2]);
  const seen = rowColumns(book.get(x, IMAGES), wide, columns, pads);
  // Beside each row of the image: the rows of the gradient that its rows of the kernel belong to.
  const indices = Array.from({ length: height * columns * high }, (_, at) => {
    const [y, column, i] = [Math.floor(at / (columns * high)), Math.floor(at / high) % columns, at % high];
    const to = y - i + (pads[0] ?? 0);
    return to < 0 || to >= rows ? undefined : to * columns + column;
  });
  const beside = reshape(pickPixels(book.get(w, IMAGES), indices), [
    batch * height * columns,
    high * filters,
  ]);
  const product = summedProduct(beside, columnParts(seen, unlikeForward(elements(seen) / batch)));
  return laid(transpose(reshape(product, [high, filters, wide, channels]), [3, 1, 0, 2]));
};

/** Elements at a time that are not those of {@link fewFilters}: what one image's rows see would be kept from there to here. */
const unlikeForward = (perImage: number): number => (perImage > PART / 2 ? 2 * perImage : PART / 2);
