import { createRng, type Dataset, defineDataset, nodeModule, type Rng } from '@ganymede/core';
import { GanymedeError, value } from '@ganymede/tensor';
import { z } from 'zod';
import { checkIndices } from './check-indices.js';
import { formatCount } from './format-count.js';

const { createHash } = nodeModule('node:crypto');

/** A 2-D toy set with what mode counting needs. */
export interface MixtureDataset extends Dataset {
  /** Centres of the modes in the scale of the points; empty for the swiss roll. */
  readonly centres: readonly (readonly [x: number, y: number])[];
  /** Standard deviation of each mode (swiss roll: of the noise), per axis, in the scale of the points. */
  readonly sigma: number;
}

interface World {
  readonly centres: readonly (readonly [number, number])[];
  readonly sigma: number;
}

const ring = (radius: number, sigma: number): World => ({
  centres: Array.from({ length: 8 }, (_, k) => [
    radius * Math.cos((k * Math.PI) / 4),
    radius * Math.sin((k * Math.PI) / 4),
  ]),
  sigma,
});

const grid = (spacing: number, sigma: number): World => ({
  centres: Array.from({ length: 25 }, (_, k) => [spacing * (Math.floor(k / 5) - 2), spacing * ((k % 5) - 2)]),
  sigma,
});

/** Scalings of the two protocols; the divisors are those of the WGAN-GP authors' toy code. */
const worlds = {
  'wgan-gp': {
    // biome-ignore lint/suspicious/noApproximativeNumericConstant: the published divisor is the rounded one
    ring: ring(2 / 1.414, 0.02 / 1.414),
    grid: grid(2 / 2.828, 0.05 / 2.828),
    'swiss-roll': { centres: [], sigma: 0.25 / 7.5 },
  },
  veegan: { ring: ring(1, 0.01), grid: grid(2, 0.05), 'swiss-roll': undefined },
} satisfies Record<'wgan-gp' | 'veegan', Record<'ring' | 'grid' | 'swiss-roll', World | undefined>>;

/** Points around the centres in turn: point `i` belongs to mode `i mod modes`. */
function gaussians({ centres, sigma }: World, count: number, rng: Rng): Float32Array {
  const noise = rng.child('noise').draw([count, 2], { kind: 'normal' }).data as Float32Array;
  return noise.map((e, i) => (centres[(i >> 1) % centres.length]?.[i & 1] as number) + sigma * e);
}

/** The spiral of scikit-learn's make_swiss_roll seen along its axis, noise 0.25, divided by 7.5. */
function swissRoll({ sigma }: World, count: number, rng: Rng): Float32Array {
  const noise = rng.child('noise').draw([count, 2], { kind: 'normal' }).data as Float32Array;
  const turns = rng.child('turn').draw([count], { kind: 'uniform' }).data as Float32Array;
  return noise.map((e, i) => {
    const t = 1.5 * Math.PI * (1 + 2 * (turns[i >> 1] as number));
    return (t * ((i & 1) === 0 ? Math.cos(t) : Math.sin(t))) / 7.5 + sigma * e;
  });
}

/**
 * 2-D toy sets: `points` float32 `[2]`; for the Gaussian worlds also `labels`, the mode of each point.
 *
 * `scaling: 'wgan-gp'` is that of Gulrajani et al. 2017: ring, 8 modes at radius 1.414, sigma 0.0141; grid, 25 modes 0.707
 * apart, sigma 0.0177; swiss roll. `'veegan'` is that of Srivastava et al. 2017 and PacGAN (Lin et al. 2018), with which
 * modes are counted: ring, radius 1, sigma 0.01; grid, 25 modes 2 apart, sigma 0.05; it has no swiss roll
 * (`GANYMEDE_DATA_WORLD`).
 */
export const mixture = defineDataset({
  id: '@ganymede/data/mixture',
  summary: '2-D toy sets: ring, grid, swiss-roll',
  options: z.object({
    world: z.enum(['ring', 'grid', 'swiss-roll']).default('ring').describe('which set'),
    count: z.number().int().positive().default(100_000).describe('how many points'),
    seed: z.number().int().nonnegative().default(1).describe('another seed draws other points'),
    scaling: z
      .enum(['wgan-gp', 'veegan'])
      .default('wgan-gp')
      .describe('whose scale; "veegan" for counting modes'),
  }),
  create: ({ world, count, seed, scaling }): MixtureDataset => {
    const chosen: World | undefined = worlds[scaling][world];
    if (chosen === undefined) {
      throw new GanymedeError('GANYMEDE_DATA_WORLD', {
        message: `the scaling "${scaling}" has no world "${world}"; it has ring and grid`,
        hint: `use scaling "wgan-gp" for ${world}`,
        data: { world, scaling },
      });
    }
    const { centres, sigma } = chosen;
    const modes = centres.length;
    const points = (modes === 0 ? swissRoll : gaussians)(
      chosen,
      count,
      createRng(seed).child(`mixture/${world}`),
    );
    let hash: string | undefined;
    const summary = `mixture ${world} (${scaling}), ${formatCount(count)} points${modes > 0 ? `, ${modes} modes` : ''}`;
    return {
      summary,
      length: count,
      fields: {
        points: { dtype: 'float32', shape: [2] },
        ...(modes > 0 && { labels: { dtype: 'int32' as const, shape: [], classes: modes } }),
      },
      centres,
      sigma,
      async read(indices) {
        checkIndices(indices, count, summary);
        const wanted = Array.from(indices);
        const data = Float32Array.from(
          wanted.flatMap((i) => [points[2 * i] as number, points[2 * i + 1] as number]),
        );
        const batch = value('float32', [wanted.length, 2], data);
        if (modes === 0) return { points: batch };
        return {
          points: batch,
          labels: value(
            'int32',
            [wanted.length],
            Int32Array.from(wanted, (i) => i % modes),
          ),
        };
      },
      async hash() {
        hash ??= createHash('sha256').update(`${world} ${modes}`).update(points).digest('hex');
        return hash;
      },
    };
  },
});
