import type { Value } from '@ganymede/tensor';
import type { FeatureNetwork } from './feature-network.js';
import { frechetDistance, gaussianOf } from './frechet-distance.js';
import { addRows, emptyMoments, type Moments } from './moments.js';

/** Mean and covariance of the features of samples that come in batches; memory does not grow with their number. */
export async function featureMoments(
  samples: AsyncIterable<Value>,
  network: FeatureNetwork,
): Promise<Moments> {
  let moments = emptyMoments(network.size);
  for await (const batch of samples) {
    const { data } = await network.extract(batch);
    moments = addRows(moments, data as Float32Array);
  }
  return moments;
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
): Promise<{ readonly distance: number; readonly realCount: number; readonly fakeCount: number }> {
  const a = await featureMoments(real, network);
  const b = await featureMoments(fake, network);
  return { distance: frechetDistance(gaussianOf(a), gaussianOf(b)), realCount: a.count, fakeCount: b.count };
}
