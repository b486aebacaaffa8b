import { constant, gemm, matmul, pickPixels, reshape, type Tensor, tile, value } from '@ganymede/tensor';
import { PART, partCount } from '../column-parts.js';
import { cookToom, type Matrix, PRODUCTS } from './cook-toom.js';
import { perImage, type Pixels, type Tiling } from './tiling.js';

/** A matrix as a constant. */
export const constantOf = (x: Matrix): Tensor =>
  constant(value('float32', [x.length, x[0]?.length ?? 0], Float32Array.from(x.flat())));

/**
 * Tiles `[from², numbers]` transformed along one axis and then the other: `[to², numbers]`. One product with the transform
 * along both takes half as long again. `bias` is repeated along the numbers; added by the product, it costs no pass of its own.
 */
export function transformed(tiles: Tensor, by: Matrix, bias?: Tensor): Tensor {
  const [to, from] = [by.length, by[0]?.length ?? 0];
  const width = Number(tiles.shape[1]);
  const matrix = constantOf(by);
  const across = reshape(matmul(matrix, reshape(tiles, [from, from, width])), [from, to * width]);
  const options = bias === undefined ? {} : { bias: tile(bias, [(to * width) / Number(bias.shape[0])]) };
  return reshape(gemm(matrix, across, options), [to ** 2, width]);
}

/** In how many parts a batch is taken, so that the tiles of one stay in the cache. */
export const tiledParts = (tiling: Tiling): number => partCount(tiling.batch, perImage(tiling), PART / 2);

/** What the tiles of channels-last images see at these pixels, transformed: `[products, images * tiles, C]`. */
export function seenByTiles({ taps, channels }: Tiling, images: Tensor, pixels: Pixels): Tensor {
  const products = PRODUCTS ** 2;
  const tiles = pixels.length / products;
  const picked = pickPixels(asOneImage(images), pixels);
  const seen = transformed(reshape(picked, [products, tiles * channels]), cookToom(taps).input);
  return reshape(seen, [products, tiles, channels]);
}

/** `[N, height, width, C]` as one list of pixels, `[1, N * height * width, C]`. */
export function asOneImage(images: Tensor): Tensor {
  const [batch = 1, height = 1, width = 1, channels = 1] = images.shape.map(Number);
  return reshape(images, [1, batch * height * width, channels]);
}
