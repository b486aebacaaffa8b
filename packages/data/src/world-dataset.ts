import { createRng, type Dataset, defineDataset, nodeModule } from '@ganymede/core';
import { type Value, value } from '@ganymede/tensor';
import { z } from 'zod';
import { checkIndices } from './check-indices.js';
import { formatCount } from './format-count.js';
import { worldNames, worldOf } from './worlds/index.js';
import type { World } from './worlds/world.js';

const { createHash } = nodeModule('node:crypto');

/** Points of a 2-D world, with what mode counting needs. */
export interface WorldDataset extends Dataset {
  /** Centres of the modes in the scale of the points; empty where the world has none. */
  readonly centres: World['centres'];
  /** Standard deviation of each mode (of a curve: of the noise about it), per axis, in the scale of the points. */
  readonly sigma: number;
  /** Largest coordinate of the centres or curves in absolute value. */
  readonly extent: number;
}

/**
 * Points of a 2-D world: `points` float32 `[2]` and, where the world has modes, moons or lines, `labels`. Point `i` is a function of
 * (seed, i) alone and of class `i mod classes`, so a longer set begins with the shorter one. See {@link worldOf} for the worlds; the
 * published counts of modes are for `scaling: 'veegan'`, in which the Gaussians of the grid are just as far apart for their width.
 *
 * @throws `GANYMEDE_DATA_WORLD` for a scaling that the world does not have
 */
export const world = defineDataset({
  id: '@ganymede/data/world',
  summary: `2-D worlds: ${worldNames.join(', ')}`,
  options: z.strictObject({
    name: z.enum(worldNames).default('ring').describe('which world'),
    count: z.number().int().positive().default(100_000).describe('how many points'),
    seed: z.number().int().nonnegative().default(1).describe('another seed draws other points'),
    scaling: z
      .enum(['wgan-gp', 'veegan'])
      .default('wgan-gp')
      .describe('whose scale the ring and the grid are in; "veegan" for counting modes'),
    theta: z.number().default(1).describe('distance of the parallel lines'),
  }),
  create: ({ name, count, seed, scaling, theta }): WorldDataset => {
    const { centres, sigma, extent, classes, draw } = worldOf(name, { scaling, theta });
    const points = draw(count, createRng(seed).child(`world/${name}`)).data as Float32Array;
    const modes = centres.length > 0 ? `, ${centres.length} modes` : '';
    const summary = `world ${name} (${scaling}), ${formatCount(count)} points${modes}`;
    let hash: string | undefined;
    return {
      summary,
      length: count,
      fields: {
        points: { dtype: 'float32', shape: [2] },
        ...(classes > 0 && { labels: { dtype: 'int32' as const, shape: [], classes } }),
      },
      centres,
      sigma,
      extent,
      async read(indices) {
        checkIndices(indices, count, summary);
        const wanted = Array.from(indices);
        const data = new Float32Array(2 * wanted.length);
        wanted.forEach((i, row) => {
          data[2 * row] = points[2 * i] as number;
          data[2 * row + 1] = points[2 * i + 1] as number;
        });
        const batch: Record<string, Value> = { points: value('float32', [wanted.length, 2], data) };
        if (classes > 0) {
          const labels = Int32Array.from(wanted, (i) => i % classes);
          batch.labels = value('int32', [wanted.length], labels);
        }
        return batch;
      },
      async hash() {
        hash ??= createHash('sha256').update(`${name} ${classes}`).update(points).digest('hex');
        return hash;
      },
    };
  },
});
