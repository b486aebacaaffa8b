import type { FieldSpec } from '@ganymede/core';
import type { FeatureNetwork } from '../feature-network.js';

/** The numbers of a sample as they are: for points and other vectors, or pixels. */
export function rawFeatures({ shape }: Pick<FieldSpec, 'shape'>): FeatureNetwork {
  const size = shape.reduce((product, d) => product * d, 1);
  return {
    source: 'raw',
    size,
    extract: async (samples) => ({
      dtype: 'float32',
      shape: [samples.shape[0] ?? 0, size],
      data: new Float32Array(samples.data as Float32Array),
    }),
  };
}
