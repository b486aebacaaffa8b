import { type Backend, createStepContext, type State, toHost, unflattenTree } from '@ganymede/core';
import { constant, graph, input, softmax, type Value } from '@ganymede/tensor';
import type { ClassifierNetwork } from './classifier-network.js';

/** A trained classifier, compiled. */
export interface OpenClassifier {
  /** Class probabilities `[batch, classes]` of images. */
  probabilities(images: Value): Promise<Value>;
  /** Penultimate features `[batch, features]` of images. */
  features(images: Value): Promise<Value>;
  dispose(): Promise<void>;
}

/** Compiles a classifier of `weights` (`body/…`, `head/…`) for batches of any size. */
export async function openClassifier(
  network: ClassifierNetwork,
  weights: State,
  shape: readonly number[],
  backend: Backend,
): Promise<OpenClassifier> {
  const { ctx } = createStepContext({ training: false });
  const tensors = Object.fromEntries(Object.entries(weights).map(([path, value]) => [path, constant(value)]));
  const images = input('images', ['N', ...shape]);
  const features = network.body.apply(unflattenTree(tensors, 'body'), images, ctx.child('body'));
  const logits = network.head.apply(unflattenTree(tensors, 'head'), features, ctx.child('head'));
  const executable = await backend.compile(
    graph({ outputs: { features, probabilities: softmax(logits, 1) } }),
  );
  const run = async (output: 'features' | 'probabilities', batch: Value): Promise<Value> => {
    const results = await executable.run({ images: batch });
    return toHost(results[output]!);
  };
  return {
    probabilities: (batch) => run('probabilities', batch),
    features: (batch) => run('features', batch),
    dispose: () => executable.dispose(),
  };
}
