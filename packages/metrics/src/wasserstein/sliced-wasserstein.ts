import { createRng, type Rng } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import { type ProductOptions, type Products, withProducts } from '../compute/products.js';
import { requireRows, type Rows, twoRows } from '../compute/rows.js';
import {
  type BootstrapOptions,
  bootstrapAround,
  type Interval,
  meanOfValues,
} from '../statistics/bootstrap.js';
import { sortedWasserstein } from './sorted-wasserstein.js';

/** Options of {@link slicedWasserstein}. */
export interface SlicedWassersteinOptions extends ProductOptions, BootstrapOptions {
  /** Random directions. @defaultValue 128 */
  readonly projections?: number;
  /** Power of the distance: 1 as in Karras et al. 2018, 2 as in Bonneel et al. 2015. @defaultValue 1 */
  readonly order?: 1 | 2;
  /** Draws directions and bootstrap. @defaultValue seed 0 */
  readonly rng?: Rng;
}

/** A sliced Wasserstein distance. */
export interface SlicedWasserstein {
  readonly value: number;
  readonly interval: Interval | undefined;
}

/** `count` directions of length 1, equally likely, row-major `[count, size]`. */
export function randomDirections(count: number, size: number, rng: Rng): Float64Array {
  const directions = new Float64Array(rng.draw([count, size], { kind: 'normal' }).data as Float32Array);
  for (let i = 0; i < count; i++) {
    const own = directions.subarray(i * size, (i + 1) * size);
    let square = 0;
    for (const x of own) square += x * x;
    const length = Math.sqrt(square);
    for (let j = 0; j < size; j++) own[j]! /= length;
  }
  return directions;
}

const blockRows = 1024;
/** Directions whose projections are held at a time. */
const directionsAtOnce = 32;

/** The rows along each direction: one list for each, in the order of the rows. */
async function project(
  rows: Rows,
  directions: Float64Array,
  products: Products,
): Promise<readonly Float64Array[]> {
  const { data, count, size } = rows;
  const lists = Array.from({ length: directions.length / size }, () => new Float64Array(count));
  for (let from = 0; from < count; from += blockRows) {
    const block = new Float64Array(data.subarray(from * size, Math.min(count, from + blockRows) * size));
    const projected = await products.cross(directions, block, size);
    const some = block.length / size;
    for (const [p, list] of lists.entries()) list.set(projected.subarray(p * some, (p + 1) * some), from);
  }
  return lists;
}

/** One list in order, and where in it each sample went. */
function sorted(list: Float64Array): { readonly values: Float64Array; readonly order: Uint32Array } {
  const order = Uint32Array.from({ length: list.length }, (_, i) => i).sort((i, j) => list[i]! - list[j]!);
  return { values: Float64Array.from(order, (i) => list[i]!), order };
}

/**
 * The sliced Wasserstein distance (Rabin et al. 2011; Bonneel et al. 2015): the mean over random directions of the exact 1-D distance
 * between the projections of both sets. Rows `[count, size]`, of different counts if need be. Few samples bias it upwards.
 *
 * Throws `GANYMEDE_TOO_FEW_SAMPLES` for an empty set, `GANYMEDE_FEATURE_SIZE`.
 */
export async function slicedWasserstein(
  real: Value,
  fake: Value,
  options: SlicedWassersteinOptions = {},
): Promise<SlicedWasserstein> {
  const [a, b] = twoRows(real, fake);
  requireRows('a Wasserstein distance', 1, a, b);
  const { projections = 128, order = 1, rng = createRng(0), resamples = 0 } = options;
  const directions = randomDirections(projections, a.size, rng.child('directions'));
  const root = (mean: number): number => (order === 1 ? mean : Math.sqrt(mean));
  const held = resamples === 0 ? directionsAtOnce : projections;
  const distances: number[] = [];
  let lists: readonly (readonly Float64Array[])[] = [];
  await withProducts(options, async (products) => {
    for (let from = 0; from < projections; from += held) {
      const some = directions.subarray(from * a.size, (from + held) * a.size);
      lists = [await project(a, some, products), await project(b, some, products)];
      if (resamples > 0) continue;
      const [x, y] = lists as [Float64Array[], Float64Array[]];
      distances.push(
        ...x.map((list, p) => sortedWasserstein(list.sort(), (y[p] as Float64Array).sort(), order)),
      );
    }
  });
  if (resamples === 0) return { value: root(meanOfValues(distances)), interval: undefined };
  const [realLists, fakeLists] = lists as [Float64Array[], Float64Array[]];
  const pairs = realLists.map((list, p) => [sorted(list), sorted(fakeLists[p] as Float64Array)] as const);
  const distance = (weights?: readonly [Uint32Array, Uint32Array]): number =>
    root(
      meanOfValues(
        pairs.map(([x, y]) => {
          const own =
            weights &&
            (
              [
                [x, weights[0]],
                [y, weights[1]],
              ] as const
            ).map(([s, w]) => s.order.map((i) => w[i]!));
          return sortedWasserstein(x.values, y.values, order, own?.[0], own?.[1]);
        }),
      ),
    );
  const value = distance();
  const statistic = (sets: readonly Int32Array[]): number =>
    distance([timesDrawn(sets[0] as Int32Array), timesDrawn(sets[1] as Int32Array)]);
  return {
    value,
    interval: bootstrapAround(value, [a.count, b.count], statistic, rng.child('bootstrap'), options),
  };
}

/** How often each sample is in a resampled set. */
function timesDrawn(indices: Int32Array): Uint32Array {
  const times = new Uint32Array(indices.length);
  for (const i of indices) times[i]! += 1;
  return times;
}
