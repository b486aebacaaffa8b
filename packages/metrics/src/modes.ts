import { type Dataset, defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { z } from 'zod';
import { type Mixture, modeScores } from './mode-scores.js';

/** Options of {@link modes}. Centres and std are those of the data where it knows them (`@ganymede/data/world` does). */
export const modesOptions = z.strictObject({
  /** Generated points; the protocol's number. */
  count: z.number().int().positive().default(2500),
  /** Centres of the modes. */
  centres: z
    .array(z.tuple([z.number(), z.number()]))
    .min(1)
    .optional(),
  /** Standard deviation of each mode along each axis. */
  std: z.number().positive().optional(),
});

/** What a dataset may tell about its modes. */
interface KnowsModes {
  readonly centres?: Mixture['centres'];
  readonly sigma?: number;
}

function mixtureOf(dataset: Dataset, centres?: Mixture['centres'], std?: number): Mixture {
  const own = dataset as Dataset & KnowsModes;
  const known = { centres: centres ?? own.centres, std: std ?? own.sigma };
  if (known.centres?.length && known.std !== undefined) return { centres: known.centres, std: known.std };
  throw new GanymedeError('GANYMEDE_NO_MODES', {
    message: `this metric counts the modes of a mixture; the data (${dataset.summary}) has none`,
    hint: 'measure on --data world:ring or world:grid, or name the modes: modes({ centres, std })',
  });
}

/**
 * Modes captured and high-quality share of generated points (protocol of VEEGAN, Srivastava et al. 2017, and PacGAN, Lin et al.
 * 2018). See {@link modeScores}. Points of the grid itself score 25 of 25 and 0.98889.
 *
 * Throws `GANYMEDE_NO_MODES` where neither data nor options know the modes, `GANYMEDE_TOO_FEW_SAMPLES` for fewer points than modes.
 */
export const modes = defineMetric({
  id: '@ganymede/metrics/modes',
  summary: 'modes captured and high-quality share of 2-D points',
  options: modesOptions,
  create: ({ count, centres, std }) => ({
    name: 'modes',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const mixture = mixtureOf(input.dataset, centres, std);
      if (count < mixture.centres.length) {
        throw new GanymedeError('GANYMEDE_TOO_FEW_SAMPLES', {
          message: `${count} points cannot capture ${mixture.centres.length} modes`,
          hint: 'ask for more points (option count); the protocol has 2500',
          data: { needed: mixture.centres.length, counts: [count] },
        });
      }
      const points: number[] = [];
      for await (const batch of input.samples(count, input.seed))
        points.push(...(batch.data as Float32Array));
      const scores = modeScores(points, mixture);
      const provenance = {
        modes: mixture.centres.length,
        std: mixture.std,
        generatedSamples: points.length / 2,
        seed: input.seed,
        data: await input.dataset.hash(),
      };
      return [
        { name: 'modes', value: scores.captured, provenance },
        { name: 'highQuality', value: scores.highQuality, provenance },
        ...(scores.reverseKl === undefined
          ? []
          : [{ name: 'reverseKl', value: scores.reverseKl, provenance }]),
      ];
    },
  }),
});
