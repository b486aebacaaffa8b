import type { Value } from '@ganymede/tensor';

/** Maps samples to feature vectors: what a Fréchet distance is measured in. */
export interface FeatureNetwork {
  /** Where the features come from, for the measurement's provenance. */
  readonly source: string;
  /** Features per sample. */
  readonly size: number;
  /** Samples `[batch, …]` to features, float32 `[batch, size]`. Any batch size. */
  extract(samples: Value): Promise<Value>;
}
