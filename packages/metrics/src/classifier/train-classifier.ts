import { type Backend, createRng, type Dataset, type State } from '@ganymede/core';
import { GanymedeError, type Value } from '@ganymede/tensor';
import type { FeatureNetwork } from '../feature-network.js';
import { cachedWeights } from './classifier-cache.js';
import { classifierNetwork } from './classifier-network.js';
import { labelledImages } from './labelled-images.js';
import { openClassifier, type OpenClassifier } from './open-classifier.js';
import { subset } from './subset.js';
import { initialWeights, trainWeights } from './train-weights.js';

/** Options of {@link trainClassifier}. */
export interface ClassifierOptions {
  /** Batches to train on. @defaultValue 600 */
  readonly steps?: number;
  /** Images per batch. @defaultValue 64 */
  readonly batchSize?: number;
  /** Width of the penultimate layer. @defaultValue 64 */
  readonly features?: number;
  /** Initial weights and order of the data follow from it. @defaultValue 1 */
  readonly seed?: number;
  /** Folder of trained classifiers, or false to keep none. @defaultValue `$XDG_CACHE_HOME/ganymede/classifiers`, else `~/.cache/…` */
  readonly cache?: string | false | undefined;
}

/** A small CNN trained on the data at hand: labels of generated images, and features to measure them in. */
export interface Classifier {
  readonly classes: number;
  /** Share of held-out images labelled rightly. */
  readonly accuracy: number;
  readonly features: FeatureNetwork;
  /** Class probabilities, float32 `[batch, classes]`, of images in [-1, 1]. */
  probabilities(images: Value): Promise<Value>;
  /** What it is, for a measurement's provenance. */
  readonly provenance: Readonly<Record<string, string | number>>;
  dispose(): Promise<void>;
}

const heldOut = (length: number): number => Math.min(2000, Math.floor(length / 5));
const evaluationBatch = 250;

/**
 * Trains a small image classifier with Ganymede itself: strided convolutions, cross-entropy, Adam, a few hundred batches. A fifth
 * of the data, at most 2000 images, is held out to measure its accuracy. Deterministic by seed; the weights are cached on disk
 * under the data's hash and the options, so that measuring again is quick.
 *
 * Throws `GANYMEDE_NO_IMAGES`, `GANYMEDE_NO_LABELS`, `GANYMEDE_ONE_CLASS` for labels that are all the same, and
 * `GANYMEDE_BATCH_TOO_LARGE` for fewer images than a batch.
 */
export async function trainClassifier(
  dataset: Dataset,
  backend: Backend,
  options: ClassifierOptions = {},
): Promise<Classifier> {
  const { steps = 600, batchSize = 64, features = 64, seed = 1, cache } = options;
  const data = labelledImages(dataset);
  const network = classifierNetwork(Math.max(data.shape[1], data.shape[2]), features, data.classes);
  const rng = createRng(seed).child('classifier');
  const order = rng.child('split').permutation(dataset.length);
  const test = order.subarray(0, heldOut(dataset.length));
  const training = subset(dataset, order.subarray(test.length));
  const dataHash = await dataset.hash();

  const key = {
    data: dataHash,
    steps,
    batchSize,
    features,
    seed,
    backend: backend.name,
    device: backend.device,
  };
  const { weights, accuracy } = await cachedWeights(cache, key, async () => {
    await requireTwoClasses(dataset, order, batchSize);
    const initial = initialWeights(network, data.shape, features, rng);
    const trained = await trainWeights(network, initial, training, data, { steps, batchSize }, backend, rng);
    const opened = await openClassifier(network, trained, data.shape, backend);
    const share = await accuracyOf(opened, dataset, test, data.classes);
    await opened.dispose();
    return { weights: trained, accuracy: share };
  });
  const opened = await openClassifier(network, weights, data.shape, backend);
  const source = `classifier trained on the data, ${features} features`;
  return {
    classes: data.classes,
    accuracy,
    features: { source, size: features, extract: opened.features },
    probabilities: opened.probabilities,
    provenance: {
      features: source,
      classifierAccuracy: accuracy,
      classifierSeed: seed,
      classifierSteps: steps,
      classifierHeldOut: test.length,
      classifierData: dataHash,
    },
    dispose: opened.dispose,
  };
}

/** What is cached of a classifier. */
export interface TrainedWeights {
  readonly weights: State;
  readonly accuracy: number;
}

/** Looks at labels, a batch at a time, until two differ. Throws `GANYMEDE_ONE_CLASS` where none do: there is nothing to learn. */
async function requireTwoClasses(dataset: Dataset, order: Uint32Array, batch: number): Promise<void> {
  let first: number | undefined;
  for (let from = 0; from < order.length; from += batch) {
    const { labels } = await dataset.read(order.subarray(from, from + batch));
    const { data } = labels as Value<'int32'>;
    first ??= data[0];
    if (data.some((label) => label !== first)) return;
  }
  throw new GanymedeError('GANYMEDE_ONE_CLASS', {
    message: `all ${dataset.length} images of ${dataset.summary} have the label ${first}: no classifier can be trained on one class, and entropy or confidence over it would say nothing`,
    hint: 'use data of several classes, or other features: an ONNX network, or pyramid-wasserstein, which needs none',
  });
}

async function accuracyOf(
  classifier: OpenClassifier,
  dataset: Dataset,
  indices: Uint32Array,
  classes: number,
): Promise<number> {
  let right = 0;
  for (let from = 0; from < indices.length; from += evaluationBatch) {
    const { images, labels } = await dataset.read(indices.subarray(from, from + evaluationBatch));
    const { data } = await classifier.probabilities(images as Value);
    (labels as Value<'int32'>).data.forEach((label, row) => {
      const own = (data as Float32Array).subarray(row * classes, (row + 1) * classes);
      if (own.indexOf(Math.max(...own)) === label) right += 1;
    });
  }
  return right / indices.length;
}
