import type { Network } from '@ganymede/core';
import { conv2d, dense, flatten, leakyRelu, sequential } from '@ganymede/nn';

/** A small image classifier, cut where its features are read. */
export interface ClassifierNetwork {
  /** Images to features `[batch, features]`. */
  readonly body: Network;
  /** Features to raw class logits. */
  readonly head: Network;
}

/**
 * Strided 4x4 convolutions until the map is at most 8 pixels wide, then a dense layer of `features`, then the classes. Leaky
 * ReLU everywhere: it leaves no feature dead. No batch norm: the answer for an image does not depend on the others.
 */
export function classifierNetwork(side: number, features: number, classes: number): ClassifierNetwork {
  const halvings = Math.max(1, Math.ceil(Math.log2(side / 8)));
  const convolutions = Array.from({ length: halvings }, (_, i) => [
    conv2d(Math.min(16 * 2 ** i, 64), { kernel: 4, stride: 2 }),
    leakyRelu(0.1),
  ]);
  return {
    body: sequential(...convolutions.flat(), flatten(), dense(features), leakyRelu(0.1)),
    head: dense(classes),
  };
}
