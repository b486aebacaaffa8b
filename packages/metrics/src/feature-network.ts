import { GanymedeError, type Value } from '@ganymede/tensor';
import type { Rows } from './compute/rows.js';

/** Maps samples to feature vectors: what a Fréchet distance is measured in. */
export interface FeatureNetwork {
  /** Where the features come from, for the measurement's provenance. */
  readonly source: string;
  /** Features per sample. */
  readonly size: number;
  /** Samples `[batch, …]` to features, float32 `[batch, size]`. Any batch size. */
  extract(samples: Value): Promise<Value>;
}

/** Throws `GANYMEDE_FEATURE_SIZE` where rows are not what the network said that it makes. */
export function requireFeatures({ size }: Rows, network: FeatureNetwork): void {
  if (size === network.size) return;
  throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
    message: `expected ${network.size} features of each sample, as "${network.source}" says, got ${size}`,
    hint: "set the feature network's size to what extract returns",
  });
}
