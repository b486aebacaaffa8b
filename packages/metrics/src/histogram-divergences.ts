import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import { z } from 'zod';
import { histogramDivergences } from './divergences/histogram-divergences.js';
import { featureOptions, featurePair } from './features/feature-pair.js';
import { measured } from './measured.js';

/** Options of {@link histogramDivergencesMetric}. */
export const histogramDivergencesOptions = z.strictObject({
  ...featureOptions,
  bins: z.number().int().positive().default(16).describe('cells along each axis'),
});

/**
 * JS, TV and KL both ways of points on the line or in the plane, of histograms over one grid; in nats, lower is better. KL is infinite as
 * soon as a cell holds points of one set only. `jsBias`, what `js` is on average for two sets of one law, is in the provenance. See
 * `histogramDivergences`.
 *
 * Throws what `featurePair` throws, `GANYMEDE_FEATURE_SIZE` for more than two numbers a point.
 */
export const histogramDivergencesMetric = defineMetric({
  id: '@ganymede/metrics/histogram-divergences',
  summary: 'JS, TV and KL of points on the line or in the plane, by histograms',
  options: histogramDivergencesOptions,
  create: ({ bins, ...options }) => ({
    name: 'histogram-divergences',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const pair = await featurePair(input, options);
      const found = histogramDivergences(pair.real, pair.fake, { bins });
      const provenance = { ...pair.provenance, bins, cells: found.cells, jsBias: found.jsBias };
      return (['js', 'tv', 'kl', 'reverseKl'] as const).map((name) =>
        measured(name, found[name], provenance),
      );
    },
  }),
});
