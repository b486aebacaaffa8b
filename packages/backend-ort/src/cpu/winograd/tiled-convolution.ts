import {
  concat,
  gemm,
  matmul,
  pickPixels,
  reshape,
  type Tensor,
  transpose,
  windowAttributes,
} from '@ganymede/tensor';
import { channelsLast, laid } from '../layout.js';
import type { Rule } from '../rule.js';
import { alongBoth, cookToom, PRODUCTS } from './cook-toom.js';
import { pairOf, placesOfResults, seenPixels, type Tiling, tilingOf } from './tiling.js';
import { constantOf, seenByTiles, tiledParts, transformed } from './transforms.js';

/**
 * A convolution or transposed convolution of images at stride 1 over tiles, where that takes less time than columns: a tile
 * of 4 x 4 results of 3 x 3 elements takes 36 products in place of 144 (Winograd 1980; Lavin and Gray 2016), each of them a
 * matrix product over the channels. Called with sizes all known.
 */
export const tiledConvolution: Rule = (node, book) => {
  const transposed = node.operator.name === 'ConvTranspose';
  if (!transposed && node.operator.name !== 'Conv') return undefined;
  if (node.rank !== 4 || node.dtype !== 'float32') return undefined;
  const [x, filter, bias] = node.inputs as readonly [Tensor, Tensor, Tensor?];
  const { group, strides, pads, dilations } = windowAttributes(node);
  const [taps = 0, wide] = filter.shape.slice(2).map(Number);
  if (group !== 1 || taps !== wide || [...strides, ...dilations].some((n) => n !== 1)) return undefined;
  const [batch = 1, filters = 1, ...counts] = node.shape.map(Number);
  const [, channels = 1, ...sizes] = x.shape.map(Number);
  // At stride 1 a transposed convolution is a convolution with the kernel turned around.
  const before = pads.slice(0, 2).map((pad) => (transposed ? taps - 1 - pad : pad));
  const places = { sizes: pairOf(sizes), counts: pairOf(counts), pads: pairOf(before) };
  const tiling = tilingOf({ batch, channels, filters, taps, ...places });
  if (tiling === undefined) return undefined;
  const matrices = transformedKernel(tiling, book.get(filter), transposed);
  const results = overTiles(tiling, book.get(x, channelsLast(4)), matrices, bias && book.get(bias));
  return laid(results, channelsLast(4));
};

/** A kernel `[K, C, taps, taps]`, or of a transposed convolution `[C, K, taps, taps]`, transformed: `[products, C, K]`. */
function transformedKernel({ taps }: Tiling, kernel: Tensor, transposed: boolean): Tensor {
  const [rows = 1, columns = 1] = kernel.shape.map(Number);
  const matrix = alongBoth(cookToom(taps).filter).map((row) => (transposed ? row.toReversed() : row));
  // Turned by the product: a transpose would move element by element.
  const product = gemm(constantOf(matrix), reshape(kernel, [rows * columns, taps ** 2]), { transB: true });
  const matrices = reshape(product, [PRODUCTS ** 2, rows, columns]);
  return transposed ? matrices : transpose(matrices, [0, 2, 1]);
}

/** The convolution of channels-last `images` by the matrices of a transformed kernel: `[N, ...counts, K]`. */
function overTiles(tiling: Tiling, images: Tensor, matrices: Tensor, bias: Tensor | undefined): Tensor {
  const { taps, side, filters, counts } = tiling;
  const parts = tiledParts(tiling);
  const count = tiling.batch / parts;
  const places = placesOfResults(tiling, count);
  const tiles = count * tiling.tiles[0] * tiling.tiles[1];
  const results = Array.from({ length: parts }, (_, i) => {
    const seen = seenByTiles(tiling, images, seenPixels(tiling, i * count, (i + 1) * count));
    const flat = reshape(matmul(seen, matrices), [PRODUCTS ** 2, tiles * filters]);
    const made = reshape(transformed(flat, cookToom(taps).output, bias), [1, side ** 2 * tiles, filters]);
    return reshape(pickPixels(made, places), [count, ...counts, filters]);
  });
  return concat(results, 0);
}
