import { gemm, matmul, pickPixels, readColumns, reshape, type Tensor, transpose } from '@ganymede/tensor';
import { laid } from '../layout.js';
import type { Rule } from '../rule.js';
import { alongBoth, cookToom, PRODUCTS, turned } from './cook-toom.js';
import { pairOf, resultsAtPlaces, seenPixels, type Tiling, tilingOf } from './tiling.js';
import { asOneImage, constantOf, seenByTiles, tiledParts } from './transforms.js';

/**
 * The gradient of a convolution's filter, `gᵀ columns`, over the tiles of the convolution: its transforms turned around, so
 * that 36 products stand in place of 144 here too. Called with sizes all known.
 */
export const tiledFilterGradient: Rule = (node, book) => {
  const { transA, transB } = node.attributes;
  if (node.operator.name !== 'Gemm' || node.inputs.length > 2 || transA !== 1 || transB !== 0)
    return undefined;
  const [rows, columns] = node.inputs as readonly [Tensor, Tensor];
  const windows = readColumns(columns);
  if (windows === undefined || windows.kernel.length !== 2) return undefined;
  const { pixels, kernel, strides, dilations } = windows;
  const [taps = 0, wide] = kernel;
  if (taps !== wide || [...strides, ...dilations].some((n) => n !== 1)) return undefined;
  const [batch = 1, , channels = 1] = pixels.shape.map(Number);
  const filters = Number(rows.shape[1]);
  const [sizes, counts, pads] = [pairOf(windows.sizes), pairOf(windows.counts), pairOf(windows.pads)];
  const tiling = tilingOf({ batch, channels, filters, taps, sizes, counts, pads });
  if (tiling === undefined) return undefined;
  const images = reshape(book.get(pixels), [batch, ...sizes, channels]);
  const gradients = reshape(book.get(rows), [batch, ...counts, filters]);
  const sum = reshape(sumOverTiles(tiling, images, gradients), [PRODUCTS ** 2, filters * channels]);
  const perElement = gemm(constantOf(turned(alongBoth(cookToom(taps).filter))), sum);
  const ordered = transpose(reshape(perElement, [taps ** 2, filters, channels]), [1, 0, 2]);
  return laid(reshape(ordered, node.shape));
};

/** The gradient of the transformed kernel, `[products, K, C]`. */
function sumOverTiles(tiling: Tiling, images: Tensor, gradients: Tensor): Tensor {
  const { taps, side, filters, batch } = tiling;
  const parts = tiledParts(tiling);
  const count = batch / parts;
  const tiles = count * tiling.tiles[0] * tiling.tiles[1];
  const back = constantOf(turned(alongBoth(cookToom(taps).output)));
  const sums = Array.from({ length: parts }, (_, i) => {
    const [from, to] = [i * count, (i + 1) * count];
    const picked = pickPixels(asOneImage(gradients), resultsAtPlaces(tiling, from, to));
    const given = reshape(picked, [side ** 2, tiles, filters]);
    // Turned here, where it is smallest, for the product over all tiles.
    const perFilter = reshape(transpose(given, [0, 2, 1]), [side ** 2, filters * tiles]);
    const matrices = reshape(matmul(back, perFilter), [PRODUCTS ** 2, filters, tiles]);
    return matmul(matrices, seenByTiles(tiling, images, seenPixels(tiling, from, to)));
  });
  return sums.reduce((a, b) => a.add(b));
}
