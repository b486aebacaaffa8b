import { defineMetric, type Measurement, type MetricInput } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import { z } from 'zod';
import { precisionSchema } from './compute/precision-schema.js';
import { featureOptions, featurePair, metricRng } from './features/feature-pair.js';
import { type OpenFeatures, openFeatures } from './features/open-features.js';
import { rawFeatures } from './features/raw-features.js';
import { type FeatureMomentsOptions, groupMoments } from './frechet-of-samples.js';
import { frechetDistance, gaussianOf } from './frechet-distance.js';
import { measured } from './measured.js';
import { mergeMoments, type Moments } from './moments.js';
import { finite, realSamples } from './sample-batches.js';
import { bootstrapAround } from './statistics/bootstrap.js';
import { warn } from './warn.js';

/** Options of {@link fid}. */
export const fidOptions = z.strictObject({
  ...featureOptions,
  untrained: z
    .boolean()
    .default(true)
    .describe('also measure the generator as the run started it, and the share of its distance that is left'),
  precision: precisionSchema,
  resamples: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe(
      'sets drawn with replacement for the interval; 0 for none. Default: 200, from 257 features on 0, as each takes seconds there',
    ),
  level: z.number().gt(0).lt(1).default(0.95).describe('share of such intervals that hold the true value'),
});
type Options = z.output<typeof fidOptions>;

/** Groups of samples that the bootstrap draws again. */
const groups = 20;
/** Features are kept, and shared with other metrics, up to this many bytes; beyond they go by in a stream. */
const keptBytes = 256 * 2 ** 20;

const together = (parts: readonly Moments[]): Moments => parts.reduce(mergeMoments);

/** The groups of real and of generated features. */
async function bothMoments(
  input: MetricInput,
  options: Options,
  opened: OpenFeatures,
  momentsOptions: FeatureMomentsOptions,
): Promise<readonly [readonly Moments[], readonly Moments[]]> {
  const { count } = options;
  const { network } = opened;
  if (8 * count * network.size <= keptBytes) {
    const { real, fake } = await featurePair(input, options, opened);
    const rows = rawFeatures({ shape: [network.size] });
    async function* whole(value: Value): AsyncIterable<Value> {
      yield value;
    }
    return [
      await groupMoments(whole(real), rows, momentsOptions),
      await groupMoments(whole(fake), rows, momentsOptions),
    ];
  }
  const stream = (what: string, samples: AsyncIterable<Value>, expected: number) =>
    groupMoments(samples, network, {
      ...momentsOptions,
      expected,
      progress: (done, total) => input.progress?.(`features of ${what} samples`, done, total),
    });
  return [
    await stream(
      'real',
      realSamples(input.dataset, count, input.seed),
      Math.min(count, input.dataset.length),
    ),
    await stream('generated', finite(input.samples(count, input.seed)), count),
  ];
}

/**
 * Fréchet distance (FID, Heusel et al. 2017) between real and generated samples, lower is better, 0 for equal distributions.
 * Without `features` they are those of a small classifier that Ganymede trains on the data at hand, not Inception's: values compare
 * between runs on the same data, never with published Inception figures. `fidUntrained` is the distance of the generator as the run
 * started it, `fidRatio` how much of that is left. The interval is about the figure at this count, whose bias it does not cover.
 *
 * Throws `GANYMEDE_NO_IMAGES`, `GANYMEDE_NO_LABELS`, `GANYMEDE_SAMPLES_NON_FINITE`, `GANYMEDE_TOO_FEW_SAMPLES`; warns of fewer samples
 * than features (`GANYMEDE_FEW_SAMPLES`).
 */
export const fid = defineMetric({
  id: '@ganymede/metrics/fid',
  summary: 'Fréchet distance of features (FID)',
  options: fidOptions,
  create: (options) => ({
    name: 'fid',
    async measure(input: MetricInput): Promise<readonly Measurement[]> {
      const { count, precision, level } = options;
      const opened = await openFeatures(options.features, input, options.classifier);
      const { network } = opened;
      const resamples = options.resamples ?? (network.size <= 256 ? 200 : 0);
      try {
        const momentsOptions = {
          backend: input.backend,
          precision,
          groups: resamples === 0 ? 1 : groups,
          block: resamples === 0 ? 1024 : Math.max(1, Math.min(1024, Math.ceil(count / groups))),
        };
        const [realGroups, fakeGroups] = await bothMoments(input, options, opened, momentsOptions);
        const [real, fake] = [together(realGroups), together(fakeGroups)];
        warnOfFew(Math.min(real.count, fake.count), network.size);
        const target = gaussianOf(real);
        const value = frechetDistance(target, gaussianOf(fake));
        const provenance = {
          ...opened.provenance,
          featureCount: network.size,
          realSamples: real.count,
          generatedSamples: fake.count,
          seed: input.seed,
          data: await input.dataset.hash(),
        };
        const filled = [realGroups, fakeGroups].map((parts) => parts.filter((part) => part.count > 0));
        const again = (sets: readonly Int32Array[]): number => {
          const [a, b] = sets.map((set, side) =>
            gaussianOf(together(Array.from(set, (i) => filled[side]![i]!))),
          );
          return frechetDistance(a!, b!);
        };
        const counts = filled.map((parts) => parts.length);
        const interval = bootstrapAround(value, counts, again, metricRng(input, 'fid'), { resamples, level });
        const own = measured('fid', value, provenance, interval);
        if (!options.untrained || !input.untrained) return [own];
        const start = finite(input.untrained(count, input.seed));
        const before = frechetDistance(
          target,
          gaussianOf(together(await groupMoments(start, network, { ...momentsOptions, groups: 1 }))),
        );
        return [
          own,
          measured('fidUntrained', before, { ...provenance, generator: 'as the run started it' }),
          measured('fidRatio', value / before, provenance),
        ];
      } finally {
        await opened.dispose();
      }
    },
  }),
});

/** A covariance of fewer samples than features is singular: part of the space is not measured at all. */
function warnOfFew(count: number, size: number): void {
  if (count > size) return;
  warn('GANYMEDE_FEW_SAMPLES', {
    message: `FID of ${count} samples with ${size} features: the covariances are singular, and the distance is far above that of many samples (its bias falls with 1 / count; Chong, Forsyth 2020)`,
    hint: `measure ${10 * size} samples or more (option count), or use kid, which has no bias`,
  });
}
