import type { Rng } from '@ganymede/core';
import { GanymedeError, type Value } from '@ganymede/tensor';
import { type Rows, rowsOf } from '../compute/rows.js';
import { type FeatureNetwork, requireFeatures } from '../feature-network.js';
import type { Progress } from '../progress.js';

/** Options of {@link collectFeatures}. */
export interface CollectOptions {
  /** Rows kept at most; of longer streams every row stays with equal chance. @defaultValue all */
  readonly capacity?: number;
  /** Chooses the rows that stay; needed with a capacity that the stream exceeds. */
  readonly rng?: Rng;
  /** How many samples are to come, for progress and to allocate once. */
  readonly expected?: number;
  readonly progress?: Progress | undefined;
}

/** Rows kept of a stream: all, or a uniform choice of `capacity` of them (reservoir sampling, algorithm R; Vitter 1985). */
export interface Reservoir {
  /** Takes rows as they come. */
  add(rows: Rows): void;
  /** Rows that came, kept or not. */
  seen(): number;
  /** What was kept, a view. */
  rows(): Rows;
}

/** Creates a {@link Reservoir}; `expected` rows are allocated at once, memory never exceeds twice what is kept. */
export function createReservoir(
  size: number,
  { capacity = Number.POSITIVE_INFINITY, rng, expected = 256 }: CollectOptions,
): Reservoir {
  let data = new Float32Array(Math.min(expected, capacity) * size);
  let [kept, seen] = [0, 0];
  const append = (row: Float32Array | Float64Array): void => {
    if ((kept + 1) * size > data.length) {
      const larger = new Float32Array(Math.min(capacity, Math.max(16, 2 * kept)) * size);
      larger.set(data);
      data = larger;
    }
    data.set(row, kept * size);
    kept += 1;
  };
  return {
    add(rows) {
      // Two draws for each row that may be left out: 48 bits, so that no place is favoured.
      const contested = seen + rows.count - Math.max(capacity, seen);
      const draws =
        contested <= 0
          ? []
          : ((rng ?? needsRng()).draw([2 * contested], { kind: 'uniform' }, seen).data as Float32Array);
      for (let i = 0, drawn = 0; i < rows.count; i++) {
        const row = rows.data.subarray(i * size, (i + 1) * size);
        seen += 1;
        if (kept < capacity) {
          append(row);
          continue;
        }
        const u = (draws[drawn] as number) + (draws[drawn + 1] as number) * 2 ** -24;
        drawn += 2;
        const place = Math.floor(u * seen);
        if (place < capacity) data.set(row, place * size);
      }
    },
    seen: () => seen,
    rows: () => ({ data: data.subarray(0, kept * size), count: kept, size }),
  };
}

const needsRng = (): never => {
  throw new GanymedeError('GANYMEDE_OPTION', {
    message: 'a reservoir with a capacity that the stream exceeds needs an rng to choose what stays',
    hint: 'collectFeatures(samples, network, { capacity, rng: createRng(1) })',
  });
};

/** The features of samples that come in batches, float32 `[kept, size]`: all, or `capacity` of them by reservoir sampling. */
export async function collectFeatures(
  samples: AsyncIterable<Value>,
  network: FeatureNetwork,
  options: CollectOptions = {},
): Promise<Value<'float32'>> {
  const { expected, progress } = options;
  const reservoir = createReservoir(network.size, options);
  for await (const batch of samples) {
    const rows = rowsOf(await network.extract(batch));
    requireFeatures(rows, network);
    reservoir.add(rows);
    if (expected !== undefined) progress?.(Math.min(reservoir.seen(), expected), expected);
  }
  const { data, count, size } = reservoir.rows();
  return { dtype: 'float32', shape: [count, size], data: data as Float32Array };
}
