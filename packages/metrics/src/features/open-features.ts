import type { MetricInput } from '@ganymede/core';
import { GanymedeError, type Value } from '@ganymede/tensor';
import { z } from 'zod';
import { type ClassifierOptions, trainClassifier } from '../classifier/train-classifier.js';
import type { FeatureNetwork } from '../feature-network.js';
import { onnxFeatures } from './onnx-features.js';
import { onnxFeaturesSchema } from './onnx-features-schema.js';
import { rawFeatures } from './raw-features.js';

const isFeatureNetwork = (x: unknown): x is FeatureNetwork =>
  typeof x === 'object' && x !== null && 'extract' in x && 'size' in x && 'source' in x;

/** Where a metric takes its features from; see {@link openFeatures}. */
export const featuresSchema = z
  .union([
    z.enum(['classifier', 'raw']),
    onnxFeaturesSchema,
    z.custom<FeatureNetwork>(isFeatureNetwork, 'expected a feature network: { source, size, extract }'),
  ])
  .optional();

/** Class probabilities of samples. */
export interface ClassProbabilities {
  /** Samples to float `[batch, classes]`. */
  of(samples: Value): Promise<Value>;
  readonly classes: number;
}

/** A feature network that is ready to run. */
export interface OpenFeatures {
  readonly network: FeatureNetwork;
  /** Its classes, where it has any. Throws `GANYMEDE_NO_CLASSES` where it has not. */
  probabilities(): Promise<ClassProbabilities>;
  /** What it is, for a measurement's provenance. */
  readonly provenance: Readonly<Record<string, string | number>>;
  dispose(): Promise<void>;
}

const noClasses = async (source: string): Promise<never> => {
  throw new GanymedeError('GANYMEDE_NO_CLASSES', {
    message: `this metric needs class probabilities; the features (${source}) have none`,
    hint: "use data with labels (features: 'classifier'), or an ONNX classifier: features: { onnx: 'file.onnx', classes: '…' }",
  });
};

/** A network without classes that holds nothing to free. */
const opened = (network: FeatureNetwork): OpenFeatures => ({
  network,
  probabilities: () => noClasses(network.source),
  provenance: { features: network.source },
  dispose: async () => {},
});

/**
 * Opens what a metric measures in: the classifier trained on the data's labels, an ONNX file, the samples' own numbers (`raw`), or a
 * network of the caller's. Left open, images take the classifier and vectors their own numbers.
 *
 * Throws `GANYMEDE_NO_LABELS` for images without labels and without a network, and what the source throws.
 */
export async function openFeatures(
  choice: z.output<typeof featuresSchema>,
  input: Pick<MetricInput, 'dataset' | 'backend'>,
  classifier: ClassifierOptions,
): Promise<OpenFeatures> {
  const [field] = Object.values(input.dataset.fields);
  const shape = field?.shape ?? [];
  if (isFeatureNetwork(choice)) return opened(choice);
  if (typeof choice === 'object') return onnxFeatures(choice, shape, input.backend);
  if (choice === 'raw' || (choice === undefined && shape.length === 1 && field?.dtype === 'float32')) {
    return opened(rawFeatures({ shape }));
  }
  const trained = await trainClassifier(input.dataset, input.backend, classifier);
  return {
    network: trained.features,
    probabilities: async () => ({ of: trained.probabilities, classes: trained.classes }),
    provenance: trained.provenance,
    dispose: trained.dispose,
  };
}
