import { gemm, reshape, scopeAt, type Tensor, transpose } from '@ganymede/tensor';
import type { Book } from './book.js';
import { channelsLast, type Laid, laid, sameOrder } from './layout.js';
import { elements, type Rule } from './rule.js';

/** Images `[N, C, ...spatial]` that lie channels last. */
interface Images {
  readonly stored: Tensor;
  readonly batch: number;
  readonly channels: number;
  /** Pixels of one image. */
  readonly count: number;
}

function imagesIn(x: Tensor, { stored, order }: Laid): Images | undefined {
  if (x.rank < 3 || !sameOrder(order, channelsLast(x.rank))) return undefined;
  const [batch = 1, channels = 1, ...spatial] = x.shape.map(Number);
  return { stored, batch, channels, count: spatial.reduce((a, b) => a * b, 1) };
}

/** The images that `x` is a flattened `[N, C * pixels]` view of, as rows in memory order. */
function flattenedImages(x: Tensor, book: Book): (Images & { readonly rows: Tensor }) | undefined {
  const [source] = x.inputs;
  if (x.operator.name !== 'Reshape' || source === undefined || x.rank !== 2) return undefined;
  const images = imagesIn(source, book.laidOut(source));
  if (images === undefined || x.shape[0] !== images.batch) return undefined;
  return { ...images, rows: reshape(images.stored, [images.batch, images.count * images.channels]) };
}

/** Axis 0 or 1 of a matrix counted as `outer * inner`, recounted as `inner * outer`. */
function recounted(x: Tensor, axis: 0 | 1, outer: number, inner: number): Tensor {
  const [rows = 1, columns = 1] = x.shape;
  const shape = axis === 0 ? [outer, inner, columns] : [rows, outer, inner];
  return reshape(transpose(reshape(x, shape), axis === 0 ? [1, 0, 2] : [0, 2, 1]), [rows, columns]);
}

/**
 * A product with flattened images that lie channels last: the smaller matrix of weights (or its gradient) is rearranged
 * instead of the images.
 */
export const flattenedProduct: Rule = (node, book) => {
  if (node.operator.name !== 'Gemm') return undefined;
  const [a, b, bias] = node.inputs as readonly [Tensor, Tensor, Tensor?];
  const transA = node.attributes.transA === 1;
  const transB = node.attributes.transB === 1;
  const left = flattenedImages(a, book);
  const right = transB ? undefined : flattenedImages(b, book);
  if (left !== undefined && !transA && elements(b) <= elements(a)) {
    const weights = recounted(book.get(b), transB ? 1 : 0, left.channels, left.count);
    return laid(gemm(left.rows, weights, { transB, ...(bias && { bias: book.get(bias) }) }));
  }
  if (bias !== undefined || elements(node) > elements(a) + elements(b)) return undefined;
  if (left !== undefined && transA) {
    return laid(recounted(gemm(left.rows, book.get(b), { transA, transB }), 0, left.count, left.channels));
  }
  if (right !== undefined) {
    return laid(recounted(gemm(book.get(a), right.rows, { transA }), 1, right.count, right.channels));
  }
  return undefined;
};

/** A product reshaped to images, which convolutions want channels last: the weights are rearranged instead of the images. */
export const productToImages: Rule = (node, book) => {
  const [product] = node.inputs;
  if (node.operator.name !== 'Reshape' || product?.operator.name !== 'Gemm' || node.rank !== 4)
    return undefined;
  const [a, b, bias] = product.inputs as readonly [Tensor, Tensor, Tensor?];
  const [batch = 1, channels = 1, ...spatial] = node.shape.map(Number);
  const count = spatial.reduce((x, y) => x * y, 1);
  const cheap = elements(b) <= elements(node) && book.uses(product) === 1;
  if (bias !== undefined || !cheap || product.shape[0] !== batch || count === 1) return undefined;
  const transB = product.attributes.transB === 1;
  const rows = scopeAt(product.scope, () => {
    const weights = recounted(book.get(b), transB ? 0 : 1, channels, count);
    return gemm(book.get(a), weights, { transA: product.attributes.transA === 1, transB });
  });
  return laid(reshape(rows, [batch, ...spatial, channels]), channelsLast(4));
};
