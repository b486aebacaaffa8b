import type { Value } from '@ganymede/tensor';
import { type ProductOptions, withProducts } from './compute/products.js';
import { rowsOf } from './compute/rows.js';
import { type FeatureNetwork, requireFeatures } from './feature-network.js';
import { frechetDistance, gaussianOf } from './frechet-distance.js';
import { createMoments, type Moments } from './moments.js';
import type { Progress } from './progress.js';

/** Options of {@link featureMoments}. */
export interface FeatureMomentsOptions extends ProductOptions {
  /** Groups that blocks of samples are dealt to. @defaultValue 1 */
  readonly groups?: number;
  /** Samples to a block. @defaultValue 1024 */
  readonly block?: number;
  /** Told how many samples have come. */
  readonly progress?: Progress | undefined;
  /** How many will come, for the progress. */
  readonly expected?: number;
}

/**
 * Mean and covariance of the features of samples that come in batches, for each of `groups`; memory does not grow with their number.
 * Throws `GANYMEDE_FEATURE_SIZE`.
 */
export function groupMoments(
  samples: AsyncIterable<Value>,
  network: FeatureNetwork,
  { expected, progress, ...options }: FeatureMomentsOptions = {},
): Promise<readonly Moments[]> {
  return withProducts(options, async (products) => {
    const stream = createMoments(network.size, products, options);
    let seen = 0;
    for await (const batch of samples) {
      const rows = rowsOf(await network.extract(batch));
      requireFeatures(rows, network);
      await stream.add(rows.data);
      seen += rows.count;
      if (expected !== undefined) progress?.(Math.min(seen, expected), expected);
    }
    return stream.groups();
  });
}

/** {@link groupMoments} of all samples together. */
export async function featureMoments(
  samples: AsyncIterable<Value>,
  network: FeatureNetwork,
  options: Omit<FeatureMomentsOptions, 'groups'> = {},
): Promise<Moments> {
  const [moments] = await groupMoments(samples, network, options);
  return moments as Moments;
}

/**
 * FID (Heusel et al. 2017) in the features of any network: the Fréchet distance between normal distributions fitted to the
 * features of two sets of samples. Values compare only within one feature network, and only at equal sample counts.
 *
 * Throws `GANYMEDE_TOO_FEW_SAMPLES`, `GANYMEDE_FEATURE_SIZE`.
 */
export async function frechetOfSamples(
  real: AsyncIterable<Value>,
  fake: AsyncIterable<Value>,
  network: FeatureNetwork,
  options: ProductOptions = {},
): Promise<{ readonly distance: number; readonly realCount: number; readonly fakeCount: number }> {
  const a = await featureMoments(real, network, options);
  const b = await featureMoments(fake, network, options);
  return { distance: frechetDistance(gaussianOf(a), gaussianOf(b)), realCount: a.count, fakeCount: b.count };
}
