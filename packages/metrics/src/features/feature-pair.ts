import { createRng, type MetricInput } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import { z } from 'zod';
import { classifierSchema } from '../classifier/classifier-schema.js';
import { finite, realSamples } from '../sample-batches.js';
import { collectFeatures } from '../statistics/reservoir.js';
import { featuresSchema, type OpenFeatures, openFeatures } from './open-features.js';

/** Options of every metric that compares the features of two sets. */
export const featureOptions = {
  count: z.number().int().min(2).default(5000).describe('generated samples, and at most as many real ones'),
  features: featuresSchema.describe(
    "where the features come from: the classifier trained on the data, the samples' own numbers (`raw`), or an ONNX file",
  ),
  /** The classifier whose features are used where no others are named. */
  classifier: classifierSchema.prefault({}),
};

/** What {@link featurePair} is asked for. */
export interface FeaturePairOptions {
  readonly count: number;
  readonly features?: z.output<typeof featuresSchema>;
  readonly classifier: z.output<typeof classifierSchema>;
}

/** Features of real and generated samples, float32 `[count, size]` each. */
export interface FeaturePair {
  readonly real: Value;
  readonly fake: Value;
  readonly provenance: Readonly<Record<string, string | number>>;
}

interface Known {
  readonly key: string;
  /** A network given in code is compared as itself. */
  readonly features: unknown;
  readonly pair: Promise<FeaturePair>;
}

/** The last pair of each evaluation: metrics that follow one another on the same features compute them once. */
const known = new WeakMap<MetricInput, Known>();

/**
 * The features of `count` generated and at most as many real samples, kept whole: `8 * count * size` bytes. Metrics that ask for the same of
 * one evaluation share them. `opened` is what `options` name, where the caller has it open already. Throws what `openFeatures` throws, `GANYMEDE_SAMPLES_NON_FINITE`.
 */
export function featurePair(
  input: MetricInput,
  options: FeaturePairOptions,
  opened?: OpenFeatures,
): Promise<FeaturePair> {
  const { count, features, classifier } = options;
  const inCode = typeof features === 'object' && 'extract' in features;
  const key = JSON.stringify([count, inCode ? 'in code' : features, classifier]);
  const before = known.get(input);
  if (before !== undefined && before.key === key && (!inCode || before.features === features))
    return before.pair;
  const pair = opened === undefined ? openAndCompute(input, options) : compute(input, options.count, opened);
  known.set(input, { key, features, pair });
  pair.catch(() => known.delete(input));
  return pair;
}

async function openAndCompute(input: MetricInput, options: FeaturePairOptions): Promise<FeaturePair> {
  const opened = await openFeatures(options.features, input, options.classifier);
  try {
    return await compute(input, options.count, opened);
  } finally {
    await opened.dispose();
  }
}

async function compute(
  input: MetricInput,
  count: number,
  { network, provenance }: OpenFeatures,
): Promise<FeaturePair> {
  const collect = (what: string, samples: AsyncIterable<Value>, expected: number) =>
    collectFeatures(samples, network, {
      expected,
      progress: (done, total) => input.progress?.(`features of ${what} samples`, done, total),
    });
  const realCount = Math.min(count, input.dataset.length);
  const real = await collect('real', realSamples(input.dataset, count, input.seed), realCount);
  const fake = await collect('generated', finite(input.samples(count, input.seed)), count);
  return {
    real,
    fake,
    provenance: {
      ...provenance,
      featureCount: network.size,
      realSamples: real.shape[0] as number,
      generatedSamples: fake.shape[0] as number,
      seed: input.seed,
      data: await input.dataset.hash(),
    },
  };
}

/** The random numbers of a metric of one evaluation. */
export const metricRng = ({ seed }: MetricInput, metric: string) =>
  createRng(seed).child('metric').child(metric);
