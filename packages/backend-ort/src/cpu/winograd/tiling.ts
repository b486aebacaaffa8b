import { PART } from '../column-parts.js';
import { PRODUCTS } from './cook-toom.js';

/** A convolution of channels-last images at stride 1: what tiles of its results see, and where. */
export interface Tiling {
  readonly batch: number;
  readonly channels: number;
  readonly filters: number;
  /** Elements along a side of the kernel. */
  readonly taps: number;
  /** Results along a side of a tile. */
  readonly side: number;
  /** Sizes of the images, of the results, zeros before each axis, tiles along it. */
  readonly sizes: Pair;
  readonly counts: Pair;
  readonly pads: Pair;
  readonly tiles: Pair;
}

/** Down and across. */
export type Pair = readonly [number, number];

/** The first two entries of a list, one per axis. */
export const pairOf = ([down = 0, across = 0]: readonly number[]): Pair => [down, across];

/** What moving a number costs, in multiplications of a large product; a multiplication of a transform; a kernel's number. */
const COST = { move: 17, transform: 2, kernel: 40, largeKernel: 100 };
/** Tiles are taken where their cost is below this share of the usual form's. None that it takes came out slower (benchmarks/tiles.ts). */
const WORTH = 0.9;

/** The tiling of a convolution where it takes less time than columns: where channels are many and tiles waste little. */
export function tilingOf(problem: Omit<Tiling, 'side' | 'tiles'>): Tiling | undefined {
  const { batch, channels, filters, taps, counts } = problem;
  if (taps < 2 || taps >= PRODUCTS) return undefined;
  const side = PRODUCTS + 1 - taps;
  const tiles = counts.map((count) => Math.ceil(count / side)) as [number, number];
  const [products, results, kernel] = [PRODUCTS ** 2, side ** 2, PRODUCTS ** 2 * channels * filters];
  const perTile =
    COST.move * (products * channels + 2 * results * filters) +
    COST.transform * products * (products * channels + results * filters) +
    kernel;
  const transforming = kernel * (kernel > PART ? COST.largeKernel : COST.kernel);
  const usual = batch * counts[0] * counts[1] * taps ** 2 * channels * (COST.move + filters);
  const cost = batch * tiles[0] * tiles[1] * perTile + transforming;
  return cost < WORTH * usual ? { ...problem, side, tiles } : undefined;
}

/** Numbers that one image's tiles take, transformed. */
export const perImage = ({ tiles, channels, filters }: Tiling): number =>
  tiles[0] * tiles[1] * PRODUCTS ** 2 * Math.max(channels, filters);

/** Pixels of a batch; undefined: outside of the images. */
export type Pixels = readonly (number | undefined)[];

/** Pixels `[products, images, tiles]` that the tiles of images `from` to `to` see. */
export function seenPixels({ sizes, pads, tiles, side }: Tiling, from: number, to: number): Pixels {
  const pixels: (number | undefined)[] = [];
  for (let i = 0; i < PRODUCTS; i++)
    for (let j = 0; j < PRODUCTS; j++)
      for (let image = from; image < to; image++)
        for (let down = 0; down < tiles[0]; down++)
          for (let across = 0; across < tiles[1]; across++) {
            const [y, x] = [down * side + i - pads[0], across * side + j - pads[1]];
            const inside = y >= 0 && y < sizes[0] && x >= 0 && x < sizes[1];
            pixels.push(inside ? (image * sizes[0] + y) * sizes[1] + x : undefined);
          }
  return pixels;
}

/** Where, among `[results, images, tiles]`, each result of so many images is. */
export function placesOfResults({ counts, tiles, side }: Tiling, images: number): number[] {
  const places: number[] = [];
  for (let image = 0; image < images; image++)
    for (let y = 0; y < counts[0]; y++)
      for (let x = 0; x < counts[1]; x++) {
        const result = (y % side) * side + (x % side);
        const tile = Math.floor(y / side) * tiles[1] + Math.floor(x / side);
        places.push((result * images + image) * tiles[0] * tiles[1] + tile);
      }
  return places;
}

/** The other way: which pixel of the results of images `from` to `to` lies at each place; undefined beyond the edge. */
export function resultsAtPlaces(tiling: Tiling, from: number, to: number): Pixels {
  const { side, tiles, counts } = tiling;
  const pixels = new Array<number | undefined>(side ** 2 * (to - from) * tiles[0] * tiles[1]).fill(undefined);
  placesOfResults(tiling, to - from).forEach((place, result) => {
    pixels[place] = from * counts[0] * counts[1] + result;
  });
  return pixels;
}
